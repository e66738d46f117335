import {noChange} from 'lit';
import {Directive, directive, type ElementPart} from 'lit/directive.js';

/** Styles that are reckoned, set through the object model: a style attribute is what the page's security policy forbids. */
class Styled extends Directive {
  override render(_styles: Record<string, string>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [styles]: [Record<string, string>]): unknown {
    const {style} = part.element as HTMLElement;
    for (const [name, text] of Object.entries(styles)) {
      style.setProperty(name, text);
    }
    return noChange;
  }
}

export const styled = directive(Styled);
