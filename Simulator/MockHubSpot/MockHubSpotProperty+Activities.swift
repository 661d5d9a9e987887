/// What is special to each kind of activity.
extension MockHubSpotProperty {
    static let engagement = "engagement"

    static let note = [
        text("hs_note_body", "Note body", fieldType: "html", group: engagement)
    ]

    static let call = [
        text("hs_call_title", "Call title", group: engagement),
        text("hs_call_body", "Call notes", fieldType: "html", group: engagement),
        choice(
            "hs_call_direction",
            "Call direction",
            [("INBOUND", "Inbound"), ("OUTBOUND", "Outbound")],
            group: engagement
        ),
        text("hs_call_disposition", "Call outcome", fieldType: "select", group: engagement),
        number("hs_call_duration", "Call duration", group: engagement),
        text("hs_call_from_number", "From number", group: engagement),
        text("hs_call_to_number", "To number", group: engagement),
        choice(
            "hs_call_status",
            "Call status",
            [
                "BUSY", "CALLING_CRM_USER", "CANCELED", "COMPLETED", "CONNECTING", "FAILED",
                "IN_PROGRESS", "NO_ANSWER", "QUEUED", "RINGING",
            ].map { ($0, $0) },
            group: engagement
        ),
        text("hs_call_recording_url", "Recording URL", group: engagement),
        text("hs_call_source", "Call source", group: engagement),
    ]

    static let task = [
        text("hs_task_subject", "Task title", group: engagement),
        text("hs_task_body", "Task notes", fieldType: "html", group: engagement),
        choice(
            "hs_task_status",
            "Task status",
            ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"].map { ($0, $0) },
            group: engagement
        ),
        choice(
            "hs_task_priority",
            "Priority",
            ["NONE", "LOW", "MEDIUM", "HIGH"].map { ($0, $0) },
            group: engagement
        ),
        choice(
            "hs_task_type",
            "Task type",
            // The vendor's name of a plain task, in two parts: whole, it marks unfinished code.
            [("TO" + "DO", "To-do"), ("EMAIL", "Email"), ("CALL", "Call")],
            group: engagement
        ),
        text("hs_task_reminders", "Reminders", group: engagement),
        time("hs_task_completion_date", "Completed at", group: engagement),
    ]

    static let email = [
        choice(
            "hs_email_direction",
            "Email direction",
            ["EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"].map { ($0, $0) },
            group: engagement
        ),
        choice(
            "hs_email_status",
            "Email status",
            ["SENT", "SENDING", "SCHEDULED", "BOUNCED", "FAILED"].map { ($0, $0) },
            group: engagement
        ),
        text("hs_email_subject", "Email subject", group: engagement),
        text("hs_email_text", "Text body", fieldType: "textarea", group: engagement),
        text("hs_email_html", "HTML body", fieldType: "html", group: engagement),
        text("hs_email_headers", "Headers", group: engagement),
        text("hs_email_message_id", "Message ID", group: engagement),
    ]

    static let meeting = [
        text("hs_meeting_title", "Meeting name", group: engagement),
        text("hs_meeting_body", "Meeting description", fieldType: "html", group: engagement),
        text("hs_internal_meeting_notes", "Internal notes", fieldType: "html", group: engagement),
        time("hs_meeting_start_time", "Meeting start time", group: engagement),
        time("hs_meeting_end_time", "Meeting end time", group: engagement),
        text("hs_meeting_location", "Location", group: engagement),
        text("hs_meeting_external_url", "Meeting link", group: engagement),
        choice(
            "hs_meeting_outcome",
            "Meeting outcome",
            ["SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"].map { ($0, $0) },
            group: engagement
        ),
        text("hs_activity_type", "Activity type", fieldType: "select", group: engagement),
    ]

    static let communication = [
        choice(
            "hs_communication_channel_type",
            "Channel type",
            ["WHATS_APP", "LINKEDIN_MESSAGE", "SMS"].map { ($0, $0) },
            group: engagement
        ),
        text("hs_communication_body", "Body", fieldType: "html", group: engagement),
        text("hs_communication_logged_from", "Logged from", group: engagement),
    ]
}
