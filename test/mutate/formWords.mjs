/**
 * Words in n8n's forms: what a person reads in a node's form, which no code reads. A change of them alone breaks nothing that a test could
 * be about; the linter of n8n looks after them. What else stands in a form, such as a field's default, is tried like any code.
 */
const words = new Set(['action', 'description', 'displayName', 'hint', 'placeholder', 'subtitle']);

const isForm = (filename) => /[\\/]nodes[\\/]/.test(filename ?? '');

const keyOf = (property) => property.node.key.name ?? property.node.key.value;

/** An entry of a list of choices: what is shown, and what it stands for. */
const isChoice = ({ node }) => node.properties.some(({ key }) => key?.name === 'value');

function shouldIgnore(path) {
	if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
	if (!isForm(path.hub?.file?.opts?.filename)) return undefined;
	const property = path.findParent((parent) => parent.isObjectProperty() || parent.isFunction());
	if (!property?.isObjectProperty()) return undefined;
	const key = keyOf(property);
	return words.has(key) || (key === 'name' && isChoice(property.parentPath)) ? 'Words in a form' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'form words', value: { shouldIgnore } }];
