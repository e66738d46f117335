// What the YAML language server, which editors ask, says of a file that names its schema in its first line: node editor.mjs <folder> <file>...
// Schemas are taken from the folder, by the last part of their address. A line for each complaint; exit code 1 where there is one.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { TextDocument } from 'vscode-languageserver-textdocument'
import languageServer from 'yaml-language-server'

const [folder, ...files] = process.argv.slice(2)
const service = languageServer.getLanguageService({
  schemaRequestService: async (address) => readFileSync(join(folder, basename(new URL(address).pathname)), 'utf8'),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
})
service.configure({ validate: true, completion: true, hover: true, isKubernetes: false, schemas: [], customTags: [] })
let complaints = 0
for (const file of files) {
  const document = TextDocument.create(`file://${file}`, 'yaml', 1, readFileSync(file, 'utf8'))
  for (const each of await service.doValidation(document, false)) {
    complaints++
    console.log(`${basename(file)}:${each.range.start.line + 1}: ${each.message}`)
  }
}
process.exit(complaints === 0 ? 0 : 1)
