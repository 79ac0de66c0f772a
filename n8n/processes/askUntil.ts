import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
	everyMs: number;
	/** After this long the last answer has to do. */
	timeoutMs: number;
}

/** Asks again and again until an answer is enough, and gives the last answer: the caller says what it means when it still isn't enough. */
export async function askUntil<Answer>(
	ask: () => Promise<Answer>,
	isEnough: (answer: Answer) => boolean,
	{ everyMs, timeoutMs }: Patience,
): Promise<Answer> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (isEnough(answer) || Date.now() > deadline) return answer;
		await sleep(everyMs);
	}
}
