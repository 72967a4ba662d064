import { Parser, type DefaultTreeAdapterTypes, type TreeAdapter, type TreeAdapterTypeMap } from 'parse5';
import { ExtractionError, LIMITS } from '../extraction-error.js';
import { condense } from './condense.js';

type ElementLocation = NonNullable<DefaultTreeAdapterTypes.Element['sourceCodeLocation']>;
export interface Attribute {
  name: string;
  value: string;
}

/** A run of text; `start` and `end` are offsets into the parsed source and enclose exactly its characters there. */
export class TextNode {
  parent: ElementNode | null = null;
  start = -1;
  end = -1;
  constructor(public text: string) {}
}

/**
 * An element, or the document itself (`#document`). `start` to `startTagEnd` is its start tag and
 * `end` the end of its end tag in the source; all are -1 for elements the parser had to invent.
 */
export class ElementNode {
  parent: ElementNode | null = null;
  readonly children: HtmlNode[] = [];
  start = -1;
  startTagEnd = -1;
  end = -1;
  /** Set by the parser, which asks for it to decide whether an end position is worth recording. */
  location: ElementLocation | null = null;

  constructor(
    readonly tag: string,
    readonly attributes: Attribute[],
    readonly namespace: string,
  ) {}

  attribute(name: string): string | undefined {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return undefined;
  }
}

/** Comments and doctypes keep their place in the tree for the parser and are ignored by everybody else. */
class IgnoredNode {
  parent: ElementNode | null = null;
  constructor(readonly kind: 'comment' | 'doctype') {}
}

export type HtmlNode = ElementNode | TextNode | IgnoredNode;

export function isElement(node: HtmlNode): node is ElementNode {
  return node instanceof ElementNode;
}

export function isText(node: HtmlNode): node is TextNode {
  return node instanceof TextNode;
}

/**
 * Parses HTML by the standard's algorithm, as a browser repairs it, into a tree with source offsets.
 *
 * parse5 is the only parser at hand that follows the standard's tree construction and knows offsets.
 * Its default tree copies a location object for every text node; this lean tree makes it a third faster.
 *
 * @throws ExtractionError `too-deep` or `too-many-elements` for trees no honest page has.
 */
export function parseHtml(source: string): ElementNode {
  const { html, toSource } = condense(source);
  const parser = new Parser<LeanTree>({
    treeAdapter: leanTreeAdapter(toSource),
    sourceCodeLocationInfo: true,
    scriptingEnabled: false,
  });
  parser.tokenizer.write(html, true);
  return parser.document;
}

/** Elements below `root` in document order, without recursion: pages may nest thousands deep. */
export function elementsOf(root: ElementNode): ElementNode[] {
  const found: ElementNode[] = [];
  const stack: ElementNode[] = [root];
  for (let element = stack.pop(); element; element = stack.pop()) {
    if (element !== root) found.push(element);
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (child && isElement(child)) stack.push(child);
    }
  }
  return found;
}

/** All text below an element, in order, as it stands (not cleaned). */
export function rawTextOf(element: ElementNode): string {
  return textNodesOf(element)
    .map((node) => node.text)
    .join('');
}

/** Text nodes below an element in document order. */
export function textNodesOf(element: ElementNode): TextNode[] {
  const found: TextNode[] = [];
  const stack: HtmlNode[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isText(node)) found.push(node);
    else if (isElement(node))
      for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i] as HtmlNode);
  }
  return found;
}

/** A readable address of an element: tag names from the root, each with its id or first class. */
export function pathOf(element: ElementNode): string {
  const steps: string[] = [];
  for (let at: ElementNode | null = element; at && at.tag !== '#document' && steps.length < 12; at = at.parent) {
    const id = at.attribute('id');
    const className = at.attribute('class')?.trim().split(/\s+/, 1)[0];
    steps.unshift(at.tag + (id ? `#${id.slice(0, 40)}` : className ? `.${className.slice(0, 40)}` : ''));
  }
  return steps.join('>').slice(0, 900);
}

type LeanTree = TreeAdapterTypeMap<
  HtmlNode,
  ElementNode,
  HtmlNode,
  ElementNode,
  ElementNode,
  ElementNode,
  IgnoredNode,
  TextNode,
  ElementNode,
  IgnoredNode
>;

function leanTreeAdapter(toSource: (offset: number) => number): TreeAdapter<LeanTree> {
  let depth = 0;
  let nodes = 0;
  let mode = 'no-quirks' as ReturnType<TreeAdapter<LeanTree>['getDocumentMode']>;

  let open: TextNode | undefined;
  /** The parser hands text over word by word: what that adds up to is a chain of pieces, ten times as large as the text. */
  const settle = (): void => {
    if (open) joinPieces(open.text);
    open = undefined;
  };
  const counted = <T extends HtmlNode>(node: T): T => {
    if (++nodes > LIMITS.elements) throw new ExtractionError('too-many-elements', 'the page has too many elements');
    return node;
  };
  const insertAt = (parent: ElementNode, index: number, node: HtmlNode): void => {
    if (index === parent.children.length) parent.children.push(node);
    else parent.children.splice(index, 0, node);
    node.parent = parent;
  };
  const insertTextAt = (parent: ElementNode, index: number, text: string): void => {
    const before = parent.children[index - 1];
    if (before && isText(before)) {
      before.text += text;
      open = before;
    } else {
      settle();
      insertAt(parent, index, counted(new TextNode(text)));
    }
  };

  return {
    createDocument: () => new ElementNode('#document', [], ''),
    createDocumentFragment: () => new ElementNode('#fragment', [], ''),
    createElement: (tag, namespace, attributes) => {
      settle();
      return counted(new ElementNode(tag, attributes, namespace));
    },
    createCommentNode: () => counted(new IgnoredNode('comment')),
    createTextNode: (text) => counted(new TextNode(text)),
    appendChild: (parent, node) => insertAt(parent, parent.children.length, node),
    insertBefore: (parent, node, reference) => insertAt(parent, parent.children.lastIndexOf(reference), node),
    insertText: (parent, text) => insertTextAt(parent, parent.children.length, text),
    insertTextBefore: (parent, text, reference) => insertTextAt(parent, parent.children.lastIndexOf(reference), text),
    detachNode: (node) => {
      if (node.parent) node.parent.children.splice(node.parent.children.lastIndexOf(node), 1);
      node.parent = null;
    },
    adoptAttributes: (recipient, attributes) => {
      const known = new Set(recipient.attributes.map(({ name }) => name));
      recipient.attributes.push(...attributes.filter(({ name }) => !known.has(name)));
    },
    setTemplateContent: (template, content) => insertAt(template, template.children.length, content),
    getTemplateContent: (template) => template.children[0] as ElementNode,
    setDocumentType: () => undefined,
    setDocumentMode: (_document, newMode) => {
      mode = newMode;
    },
    getDocumentMode: () => mode,
    getFirstChild: (node) => node.children[0] ?? null,
    getChildNodes: (node) => node.children,
    getParentNode: (node) => node.parent,
    getAttrList: (element) => element.attributes,
    getTagName: (element) => element.tag,
    getNamespaceURI: (element) => element.namespace as ReturnType<TreeAdapter<LeanTree>['getNamespaceURI']>,
    getTextNodeContent: (node) => node.text,
    getCommentNodeContent: () => '',
    getDocumentTypeNodeName: () => '',
    getDocumentTypeNodePublicId: () => '',
    getDocumentTypeNodeSystemId: () => '',
    isTextNode: isText,
    isCommentNode: (node): node is IgnoredNode => node instanceof IgnoredNode && node.kind === 'comment',
    isDocumentTypeNode: (node): node is IgnoredNode => node instanceof IgnoredNode && node.kind === 'doctype',
    isElementNode: isElement,
    getNodeSourceCodeLocation: (node) => {
      if (isElement(node)) return node.location;
      return isText(node) && node.start >= 0 ? MARKED : null;
    },
    setNodeSourceCodeLocation: (node, location) => {
      if (!location || node instanceof IgnoredNode) return;
      node.start = toSource(location.startOffset);
      node.end = toSource(location.endOffset);
      if (!isElement(node)) return;
      node.location = location;
      node.startTagEnd = location.startTag ? toSource(location.startTag.endOffset - 1) + 1 : node.end;
    },
    updateNodeSourceCodeLocation: (node, location) => {
      if (!(node instanceof IgnoredNode) && location.endOffset !== undefined) node.end = toSource(location.endOffset);
    },
    onItemPush: () => {
      if (++depth > LIMITS.depth) throw new ExtractionError('too-deep', 'the page nests its elements too deeply');
    },
    onItemPop: (element) => {
      depth--;
      // The end is recorded by now; the lines and columns are nobody's.
      element.location = null;
    },
  };
}

/** V8 copies a string that was put together from pieces into one before it searches it. */
function joinPieces(text: string): void {
  text.search(/\S/);
}

/** Says that a text node has a location already; the parser looks at nothing in it. */
const MARKED: ElementLocation = { startLine: 0, startCol: 0, startOffset: 0, endLine: 0, endCol: 0, endOffset: 0 };
