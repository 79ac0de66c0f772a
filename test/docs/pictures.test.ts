import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { madeFromFile, picturesFolder, whatPicturesShow } from '../../scripts/pictures/madeFrom';

it('no picture is older than what it shows: npm run picture takes them anew', async () => {
	expect(JSON.parse(await readFile(madeFromFile, 'utf8'))).toEqual(await whatPicturesShow());
});

it('each picture is there', async () => {
	for (const file of Object.keys(await whatPicturesShow())) expect([file, existsSync(join(picturesFolder, file))]).toEqual([file, true]);
});
