import type { InstalledN8n } from '../install/installN8n';
import { freePort } from '../processes/ports';

/**
 * The whole environment of n8n: nothing of ours but what programs need to run, so that neither secrets nor settings of the person's own n8n
 * get in. The home folder is the n8n's own: n8n lets workflows read and write files in `.n8n-files` of the home folder only, and takes
 * relative paths from the folder it was started in; so `.n8n-files/…` in a workflow means the same here as in n8n's Docker image.
 */
export async function environment({ line }: InstalledN8n, folder: string, port: number): Promise<NodeJS.ProcessEnv> {
	const { PATH, LANG, TZ, TMPDIR } = process.env;
	return {
		...Object.fromEntries(Object.entries({ PATH, LANG, TZ, TMPDIR }).filter(([, value]) => value !== undefined)),
		HOME: folder,
		N8N_USER_FOLDER: folder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_LOG_LEVEL: 'info',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_PYTHON_ENABLED: 'false',
		...quiet,
		...line.env,
	};
}

/** No call to the outside and no questions: a local demo needs none of n8n's services. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
};
