/**
 * Whether a tag may be published: it is the version of the package, and the changelog has a section for it, with its day, and nothing that is
 * still to come.
 *
 * Usage: node .github/checkRelease.mjs v1.2.3 [folder]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [tag = '', folder = join(import.meta.dirname, '..')] = process.argv.slice(2);
const read = (file) => readFileSync(join(folder, file), 'utf8');
const sectionOf = (title) =>
	read('CHANGELOG.md')
		.split(/^## /m)
		.find((section) => section.startsWith(title));

const { version } = JSON.parse(read('package.json'));
const locked = JSON.parse(read('package-lock.json'));
const section = sectionOf(`[${version}]`);
const flaws = [
	tag === `v${version}`
		? ''
		: `The tag is ${tag || 'missing'}, and package.json has the version ${version}: the tag has to be v${version}.`,
	locked.version === version && locked.packages['']?.version === version
		? ''
		: `package-lock.json has another version than package.json. Run: npm install --package-lock-only`,
	section === undefined ? `CHANGELOG.md has no section [${version}].` : '',
	section === undefined || new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm').test(section)
		? ''
		: `CHANGELOG.md doesn't say on which day ${version} came out: ## [${version}] - year-month-day.`,
	section !== undefined && !/^- /m.test(section) ? `CHANGELOG.md doesn't say what is in ${version}.` : '',
	/^- /m.test(sectionOf('[Unreleased]') ?? '')
		? 'CHANGELOG.md still has something under [Unreleased]: move it into the section of this version.'
		: '',
].filter(Boolean);

console.log(flaws.length === 0 ? `${tag} may be published.` : flaws.join('\n'));
process.exitCode = flaws.length === 0 ? 0 : 1;
