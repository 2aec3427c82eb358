-- PLOVER's own records: one JSON object an event, with all its actors.
SELECT
    report, n,
    to_json({
        'id': e.id,
        'has_event': true,
        'date': e.date,
        'actor': list_transform(e.source, lambda p: entity(p, actor_of(actors, p), text)),
        'event': [e.type],
        'recipient': list_transform(e.target, lambda p: entity(p, actor_of(actors, p), text)),
        'event_loc': CASE WHEN e.place IS NOT NULL THEN {'text': e.place} END,
        'event_text': words(text, e."trigger"),
        'quad_code': list_position(
            ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'], e.quad),
        'event_scale': coalesce(of_mode.score, of_type.score)::DOUBLE,
        'mode': list_filter([e.mode], lambda m: m IS NOT NULL),
        'context': e.contexts,
        'link': link,
        'text': words(text, e.evidence),
        'text_info': {'sequence': n, 'start': e.evidence.start, 'end': e.evidence."end"},
        'cite_info': {
            'citation': report, 'url': url, 'title': title, 'language': language, 'publication': publisher,
            'date': published::VARCHAR
        },
        'coder': version,
        'dragoman': {
            'report': report, 'status': e.status, 'said_in': e.said_in, 'occasion': e.occasion, 'cameo': e.cameo,
            'goldstein': e.goldstein, 'confidence': e.confidence
        }
    })::VARCHAR AS line
FROM told
LEFT JOIN kinds AS of_type ON of_type.type = e.type AND of_type.mode = ''
LEFT JOIN kinds AS of_mode ON of_mode.type = e.type AND of_mode.mode = e.mode
