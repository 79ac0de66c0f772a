import axios from 'axios';
import {
	anchoredBatch,
	anchoredCredentialId,
	call,
	createBatch,
	credentials,
	expectRefusal,
	until,
	useLearnCoin,
} from '../../../support/sandbox/learncoin';

const sandbox = useLearnCoin();
const get = async () => (await call(sandbox(), 'GET', '/tenants/me')).data as Record<string, unknown>;
const patch = async (body: unknown) => await call(sandbox(), 'PATCH', '/tenants/me', { body });

it('says who the key belongs to', async () => {
	expect(await get()).toEqual({
		id: sandbox().learncoin.tenantId,
		name: 'Sandbox Academy',
		did: expect.stringMatching(/^did:web:/) as string,
		plan: 'starter',
		environment: 'test',
		credentials_issued_this_month: 0,
		credentials_limit_this_month: 2500,
	});
	expect(sandbox().learncoin.tenantId).toMatch(/^tnt_[A-Z0-9]{26}$/);
});

it('counts what was issued, each environment by itself, failed batches not at all', async () => {
	await anchoredBatch(sandbox(), credentials(3));
	await createBatch(sandbox(), credentials(4), { key: sandbox().learncoin.liveApiKey });
	sandbox().learncoin.settings.failBatches = true;
	await createBatch(sandbox());
	await until(() => sandbox().learncoin.batches().at(-1)?.status === 'failed');
	expect(await get()).toMatchObject({ credentials_issued_this_month: 3 });
});

it('changes the name, and answers the tenant as GET does', async () => {
	const { status, data } = await patch({ display_name: 'Evening School' });
	expect([status, data]).toEqual([200, await get()]);
	expect(data).toMatchObject({ name: 'Evening School' });
});

it('may keep the name apart from the display name', async () => {
	sandbox().learncoin.settings.displayNameChangesName = false;
	expect((await patch({ display_name: 'Evening School' })).data).toMatchObject({ name: 'Sandbox Academy' });
});

it('takes an empty body and changes nothing', async () => {
	const before = await get();
	expect((await patch({})).data).toEqual(before);
});

it('merges what is nested, or replaces it', async () => {
	const pageOf = async () => (await axios.get<string>(`${sandbox().url}/c/${await anchoredCredentialId(sandbox())}`)).data;
	await patch({ verify_page_branding: { accent_color: '#ab12cd' }, awarding_body: { name: 'Ministry' } });
	await patch({
		verify_page_branding: { logo_url: 'https://school.example/logo.png' },
		awarding_body: { url: 'https://ministry.example' },
	});
	expect(await pageOf()).toMatch(/#ab12cd[\s\S]*Ministry/);
	sandbox().learncoin.settings.nestedPatch = 'replaced';
	await patch({ verify_page_branding: { logo_url: 'https://school.example/logo.png' }, awarding_body: {} });
	expect(await pageOf()).not.toMatch(/#ab12cd|Ministry/);
});

it.each([
	['verify_page_branding.accent_color', { verify_page_branding: { accent_color: 'red;}' } }],
	['awarding_body.url', { awarding_body: { url: 'nowhere' } }],
	['display_name', { display_name: 5 }],
])('refuses a wrong %s', async (field, body) => {
	expectRefusal(await patch(body), 400, 'invalid_field_format', new RegExp(`^${field} `));
});

it('is as before after a reset', async () => {
	await patch({ display_name: 'Evening School' });
	sandbox().reset();
	expect(await get()).toMatchObject({ name: 'Sandbox Academy' });
});
