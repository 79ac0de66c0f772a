import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Recorded } from './shares';

const pack = promisify(gzip);
const folder = join(__dirname, '..', '..', '..', 'docs', 'profiles');

/** Keeps what was recorded beside the page of benchmarks, for a browser's or an editor's own tools; without the places of this machine. */
export async function keepProfiles(name: string, { cpu, heap }: Recorded): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${name}.cpuprofile.gz`), await pack(withoutPlaces(cpu), { level: 9 }));
	await writeFile(join(folder, `${name}.heapprofile.gz`), await pack(withoutPlaces(heap), { level: 9 }));
}

/** Of an address, what follows the last `node_modules`, or the file's name alone. */
export const withoutPlaces = (recorded: unknown): string =>
	JSON.stringify(recorded, (key, value: unknown) =>
		key === 'url' && typeof value === 'string' && !value.startsWith('node:')
			? (/.*node_modules\/(.*)$/.exec(value)?.[1] ?? value.replace(/.*\//, ''))
			: value,
	);
