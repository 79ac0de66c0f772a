import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { partOf, sharesText } from './section';
import type { Shares } from './shares';

const page = join(__dirname, '..', '..', '..', 'docs', 'profiles', '10000-learners.md');

/** Writes whose code n8n's main thread was in for 10,000 learners. */
export async function writeLearnersProfile(shares: Shares): Promise<void> {
	const text = `# Where the time and the memory of 10,000 learners go

Written by \`npm run bench -- report\` beside [the benchmarks](../benchmarks.md): Moca Issue, issued and waited for until on-chain, answers at once, 50 in flight, in a real n8n. By whose code n8n's main thread
was in; what native code does is its caller's, and what is inlined in this package's files is its own. Recording slows n8n down, so the shares are what counts. _Allocated_ is all that was, most of it collected since.

${sharesText(shares)}

The profiles themselves are [10000-learners.cpuprofile.gz](10000-learners.cpuprofile.gz) and [10000-learners.heapprofile.gz](10000-learners.heapprofile.gz): unpacked, the developer tools of a browser open them.
`;
	await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
}

/** What the page of benchmarks says of causes, as shares of this run's profile. */
export const causesIn = ({ cpu, heap }: Shares): Record<string, string> => ({
	ownShare: partOf(cpu, ['n8n-nodes-moca-learncoin']),
	ownAllocated: partOf(heap, ['n8n-nodes-moca-learncoin']),
	expressionShare: partOf(cpu, ['@n8n/expression-runtime', '@n8n/tournament', 'n8n-workflow', 'luxon', 'isolated-vm']),
	requestShare: partOf(cpu, ['Node.js', 'axios', '@n8n/backend-network', 'proxy-from-env', 'follow-redirects', 'form-data']),
	garbageShare: partOf(cpu, ['collecting garbage']),
});
