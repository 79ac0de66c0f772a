import type { ICredentialType } from 'n8n-workflow';

import { code, writtenBy } from './markdown';
import { pageName } from './nodePage';
import type { NodeSource } from './nodeTypes';
import { parameters } from './parameters';

/** Where a person reads on, by the n8n credential's name. */
const guides: Record<string, string> = {
	mocaPartnerApi: 'Where to find each value, and how to make a key: [Moca Network](moca.md).',
	learnCoinApi: 'Where to find the key, and test against live: [LearnCoin](learncoin.md).',
};

/** Every field of every n8n credential. */
export function credentialsPage(credentials: ICredentialType[], nodes: NodeSource[], packageName: string): string {
	const sections = credentials.map(({ name, displayName, properties }) => {
		const using = nodes.filter(({ description }) => description.credentials?.some((one) => one.name === name));
		const links = using.map((node) => `[${node.description.displayName}](nodes/${pageName(node)}.md)`);
		return [
			`## ${displayName}`,
			guides[name] ?? '',
			parameters(properties, properties),
			`Used by ${links.join(', ')}. In a workflow’s file: ${code(name)}.`,
		];
	});
	return [
		writtenBy('credentials: change the words there'),
		'# Credentials',
		`What is entered once in n8n, under Credentials, and used by the nodes of ${packageName}. n8n encrypts it. What else is kept where: [SECURITY.md](../SECURITY.md).`,
		...sections.flat(),
	]
		.filter(Boolean)
		.join('\n\n');
}
