import { json, type LmsApi } from './lmsServer';

/**
 * Canvas, as far as the workflow uses it. What is documented, and where:
 * - the event: developerdocs.instructure.com/services/canvas/data-services/live-events/event-format/canvas/file.data_service_canvas_course,
 *   and doc/api/data_services/json/canvas/event-types/course_completed.json in instructure/canvas-lms, whose example this is
 * - delivery, signing, repeating: the same place, overview/file.data_service_setup
 * - progress and profile: developerdocs.instructure.com/services/canvas/resources/courses and …/users
 * Not documented, taken from lib/course_progress.rb: `error.message` for a course without requirements.
 */
export const canvasToken = 'a-token-of-canvas';

export const canvasEvent = (learner: number, changed: { event?: string; course?: string; user?: object } = {}) => ({
	metadata: {
		client_ip: '93.184.216.34',
		context_account_id: '21070000000000079',
		context_id: '21070000000000565',
		context_role: 'StudentEnrollment',
		context_sis_source_id: '2017.100.101.101-1',
		context_type: 'Course',
		event_name: changed.event ?? 'course_completed',
		event_time: '2026-10-30T10:00:26.615Z',
		hostname: 'canvas.example.com',
		http_method: 'GET',
		producer: 'canvas',
		referrer: null,
		request_id: '1dd9dc6f-2fb0-4c19-a6c5-7ee1bf3ed295',
		root_account_id: '21070000000000001',
		time_zone: 'America/New_York',
		user_account_id: '21070000000000001',
		user_id: `2107000000000${learner}`,
		user_login: `learner${learner}@example.com`,
	},
	body: {
		course: { account_id: '79', id: changed.course ?? '565', name: 'Computer Science I', sis_source_id: '2017.100.101.101-1' },
		progress: {
			completed_at: '2026-10-30T10:00:00.218Z',
			next_requirement_url: null,
			requirement_completed_count: 6,
			requirement_count: 6,
		},
		user: changed.user ?? { email: `learner${learner}@example.com`, id: String(learner), name: 'As the event has it' },
	},
});

export const canvasCompletedOn = '2026-10-30T10:00:00.218Z';

export const canvasApi =
	(nameOf: (learner: number) => string | undefined, hasCompleted: (learner: number) => boolean): LmsApi =>
	({ url, headers }) => {
		if (headers.authorization !== `Bearer ${canvasToken}`) return json({ errors: [{ message: 'Invalid access token.' }] }, 401);
		const progress = /^\/api\/v1\/courses\/(\d+)\/users\/(\d+)\/progress$/.exec(url.pathname);
		const completed = hasCompleted(Number(progress?.[2]));
		if (progress)
			return json({
				requirement_count: 6,
				requirement_completed_count: completed ? 6 : 5,
				next_requirement_url: completed ? null : `https://canvas.example.com/courses/${progress[1]}/modules/items/12345`,
				completed_at: completed ? canvasCompletedOn : null,
			});
		const profile = /^\/api\/v1\/users\/(\d+)\/profile$/.exec(url.pathname);
		const name = nameOf(Number(profile?.[1]));
		if (!profile || name === undefined) return json(canvasRefusal, 404);
		return json({
			id: Number(profile[1]),
			name,
			short_name: name,
			sortable_name: name,
			primary_email: `learner${profile[1]}@example.com`,
			login_id: `learner${profile[1]}@example.com`,
			time_zone: 'America/Denver',
			locale: null,
		});
	};

export const canvasRefusal = { errors: [{ message: 'The specified resource does not exist.' }] };
