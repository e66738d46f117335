// Parses an AsyncAPI document as other people's tools do, examples held against their schemas: node asyncapi.mjs <file>.
// Exit code 1, and a line for each, where anything is to be said against it.
import { Parser, fromFile } from '@asyncapi/parser'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

// 3.0.0 is what most tools read
const IGNORED = ['asyncapi-latest-version']
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }))
const compiled = new Map()

function validator(schema) {
  const key = schema.$id ?? JSON.stringify(schema)
  if (!compiled.has(key)) compiled.set(key, ajv.compile(schema))
  return compiled.get(key)
}

const parser = new Parser()
parser.registerSchemaParser({
  getMimeTypes: () => ['application/schema+json;version=2020-12'],
  validate({ data }) {
    return ajv.validateSchema(data) ? [] : ajv.errors.map((error) => ({ message: error.message, path: [] }))
  },
  parse: ({ data }) => data,
})

const said = []
const { document, diagnostics } = await fromFile(parser, process.argv[2]).parse()
for (const each of diagnostics) {
  if (!IGNORED.includes(each.code)) said.push(`${each.path.join('/')}: ${each.message} (${each.code})`)
}
let examples = 0
for (const message of document?.allMessages() ?? []) {
  for (const example of message.examples()) {
    examples++
    const valid = validator(message.payload().json())
    if (!valid(example.payload())) said.push(`${message.name()}, ${example.name()}: ${ajv.errorsText(valid.errors)}`)
  }
}
if (document && examples === 0) said.push('no message has an example')
said.forEach((line) => console.log(line))
console.log(document ? `${document.channels().length} channels, ${document.operations().length} operations, ${examples} examples` : 'not read')
process.exit(said.length === 0 ? 0 : 1)
