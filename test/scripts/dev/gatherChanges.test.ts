import { setTimeout as sleep } from 'node:timers/promises';

import { gatherChanges } from '../../../scripts/dev/gatherChanges';

test('files that are saved together are applied together, each once', async () => {
	const applied: string[][] = [];
	const changed = gatherChanges(async (files) => void applied.push(files));
	for (const file of ['a.ts', 'b.ts', 'a.ts']) changed(file);
	await sleep(150);
	expect(applied).toEqual([['a.ts', 'b.ts']]);
});

test('what is saved while a change is applied is applied after it', async () => {
	const seen: string[] = [];
	const changed = gatherChanges(async ([file]) => {
		seen.push(`${file} begins`);
		await sleep(200);
		seen.push(`${file} ends`);
	});
	changed('a.ts');
	await sleep(100);
	changed('b.ts');
	await sleep(500);
	expect(seen).toEqual(['a.ts begins', 'a.ts ends', 'b.ts begins', 'b.ts ends']);
});
