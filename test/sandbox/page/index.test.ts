import axios from 'axios';
import { useSandbox } from '../../support/sandbox/useSandbox';

const sandbox = useSandbox();

it('is HTML that loads nothing from elsewhere', async () => {
	const { status, headers, data } = await axios.get<string>(sandbox().url);
	expect(status).toBe(200);
	expect(headers['content-type']).toMatch(/^text\/html/);
	expect(data).toMatch(/^<!doctype html>/);
	expect(data).not.toMatch(/https?:\/\//);
	expect(headers['content-security-policy']).toContain("default-src 'none'");
});

it('never inserts HTML, so no recipient can run a script in it', async () => {
	const { data } = await axios.get<string>(sandbox().url);
	expect(data).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
});
