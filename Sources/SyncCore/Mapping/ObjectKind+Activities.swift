/// Activities: in HubSpot a kind of its own each, in Salesforce Tasks and Events.
///
/// HubSpot demands a time of each (docs/api-reference/latest/crm/activities/tasks/guide, and those of the others).
/// Whom one is with and what it is about are ties that no property shows.
extension ObjectKind {
    static let activities = [
        ObjectKind(
            hubspot: "tasks",
            singular: "task",
            shownBy: ["hs_task_subject"],
            typeID: "0-27",
            salesforce: [
                .task(.init(field: "TaskSubtype", values: .except(["Call", "Email", "ListEmail"])))
            ],
            dated: "hs_timestamp"
        ),
        ObjectKind(
            hubspot: "calls",
            singular: "call",
            shownBy: ["hs_call_title"],
            typeID: "0-48",
            salesforce: [
                .task(.init(field: "TaskSubtype", values: .only(["Call"])), isLog: true)
            ],
            dated: "hs_timestamp"
        ),
        // An e-mail to a list is an activity of nobody's (Object Reference, Task: TaskSubtype).
        ObjectKind(
            hubspot: "emails",
            singular: "email",
            shownBy: ["hs_email_subject"],
            typeID: "0-49",
            salesforce: [
                .task(.init(field: "TaskSubtype", values: .only(["Email"])), isLog: true)
            ],
            dated: "hs_timestamp"
        ),
        // Salesforce has no subtype for them: a key of their own tells which Tasks they are.
        ObjectKind(
            hubspot: "notes",
            singular: "note",
            shownBy: ["hs_note_body"],
            typeID: "0-46",
            salesforce: [
                .task(
                    .init(
                        field: "TaskSubtype",
                        values: .except(["Call", "Email", "ListEmail"]),
                        isKeyed: true
                    ),
                    isLog: true
                )
            ],
            salesforceKey: "HubSpot_Note_ID__c",
            dated: "hs_timestamp"
        ),
        // Salesforce moves the end along with the start, unless it is told both (Object Reference, Event).
        ObjectKind(
            hubspot: "meetings",
            singular: "meeting",
            shownBy: ["hs_meeting_title"],
            typeID: "0-47",
            salesforce: [.event],
            dated: "hs_timestamp",
            startsAt: "hs_meeting_start_time",
            together: ["hs_meeting_start_time", "hs_meeting_end_time"]
        ),
    ]

    /// An activity: only keys tell which two belong together, as many have one and the same title.
    private init(
        hubspot: String,
        singular: String,
        shownBy: [String],
        typeID: String,
        salesforce: [Counterpart],
        salesforceKey: String = "HubSpot_Record_ID__c",
        dated: String,
        startsAt: String? = nil,
        together: [String] = []
    ) {
        self.init(
            hubspot: hubspot,
            singular: singular,
            shownBy: shownBy,
            typeID: typeID,
            salesforce: salesforce,
            match: [],
            sharesMatches: true,
            references: [
                Reference(
                    hubspot: "contact",
                    salesforce: "WhoId",
                    objects: ["contacts"],
                    isTied: true
                ),
                Reference(
                    hubspot: "about",
                    salesforce: "WhatId",
                    objects: ["tickets", "deals", "companies"],
                    isTied: true
                ),
            ]
        )
        self.salesforceKey = salesforceKey
        self.dated = dated
        self.startsAt = startsAt
        self.together = together
    }
}

extension ObjectKind.Counterpart {
    /// A Task of some subtype, done already where it is the record of what happened.
    ///
    /// `TaskSubtype` is set when a Task is made and never again (Object Reference, Task).
    fileprivate static func task(_ share: RowShare, isLog: Bool = false) -> Self {
        var task = Self(
            object: "Task",
            keyPrefix: "00T",
            hubspotKey: "sf_task_key",
            isMergeable: false
        )
        task.share = share
        // What repeats has a record of its own besides those of each time (Object Reference, Task: IsRecurrence).
        task.share?.flags = ["IsRecurrence"]
        let subtype: String
        switch share.values {
        case .only(let names): subtype = names.first ?? "Task"
        case .except: subtype = "Task"
        }
        task.constants = [.init(field: "TaskSubtype", value: subtype)]
        if isLog { task.constants.append(.init(field: "Status", value: "Completed")) }
        return task
    }

    /// An Event, but none that stands for what repeats, and none of a guest's: the host's is the meeting (Object
    /// Reference, Event: IsRecurrence, IsChild).
    fileprivate static let event: Self = {
        var event = Self(
            object: "Event",
            keyPrefix: "00U",
            hubspotKey: "sf_event_key",
            isMergeable: false
        )
        event.share = RowShare(flags: ["IsRecurrence", "IsChild"])
        return event
    }()
}
