import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCES = join(import.meta.dirname, '../../src');

type ContractClass = new () => object;

/** The doc comments of the contract classes, each on one line. */
export class DocComments {
  constructor(private readonly comments: ReadonlyMap<string, string>) {}

  ofClass(contract: ContractClass): string | undefined {
    return this.comments.get(contract.name);
  }

  /** An inherited field has the comment of the class that declares it. */
  ofField(contract: ContractClass, field: string): string | undefined {
    for (
      let declaring = contract;
      declaring.name !== '';
      declaring = Object.getPrototypeOf(declaring) as ContractClass
    ) {
      const comment = this.comments.get(`${declaring.name}.${field}`);
      if (comment !== undefined) return comment;
    }
    return undefined;
  }
}

/** Reads the doc comments from this package's sources: they are gone from the compiled classes. */
export function readDocComments(): DocComments {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('tools'),
  );
  return new DocComments(new Map(files.flatMap((file) => commentsIn(join(SOURCES, file)))));
}

function commentsIn(path: string): [string, string][] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) => {
    const className = declaration.name?.text ?? '';
    const fields = declaration.members
      .filter(ts.isPropertyDeclaration)
      .map((member) => [`${className}.${member.name.getText(source)}`, commentOf(member)] as const);
    return [[className, commentOf(declaration)] as const, ...fields].filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
  });
}

function commentOf(node: ts.Node): string | undefined {
  const comment = ts.getJSDocCommentsAndTags(node).at(-1)?.comment;
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim();
}
