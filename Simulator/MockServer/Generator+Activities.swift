import SimulationKit
import SyncCore

/// HubSpot's notes, calls, tasks, e-mails and meetings; Salesforce's Tasks and Events.
extension Generator {
    private enum Kind: CaseIterable {
        case note
        case call
        case task
        case email
        case meeting
    }

    private struct Occasion {
        var kind: Kind
        var subject: String
        /// Milliseconds since 1970.
        var time: Int64
        var isDone: Bool
        var person: InventedRecord?
        var deal: InventedRecord?
        var company: InventedRecord?
    }

    mutating func fillActivities(_ state: inout MockWorld.State, _ now: Int64) {
        for _ in 0..<self.size.activities {
            let occasion = Occasion(
                kind: self.trade.pick(Kind.allCases),
                subject: self.trade.pick(Vocabulary.occasions),
                time: now - self.tradeAge(),
                isDone: self.trade.happens(percent: 70),
                person: self.counterpart(of: self.people, missing: 10),
                deal: self.counterpart(of: self.deals, missing: 60),
                company: self.counterpart(of: self.companies, missing: 60)
            )
            let sides = self.sides()
            if sides.hubspot { self.engagement(occasion, &state) }
            if sides.salesforce { self.activity(occasion, &state) }
        }
    }

    private mutating func engagement(_ occasion: Occasion, _ state: inout MockWorld.State) {
        let text = occasion.subject
        let time = ("hs_timestamp", String(occasion.time))
        let (object, fields): (String, [(String, String)]) =
            switch occasion.kind {
            case .note: ("notes", [("hs_note_body", "<p>\(text)</p>")])
            case .call:
                (
                    "calls",
                    [
                        ("hs_call_title", text), ("hs_call_direction", "OUTBOUND"),
                        ("hs_call_status", occasion.isDone ? "COMPLETED" : "NO_ANSWER"),
                        ("hs_call_duration", String(1_000 * self.trade.below(1_800))),
                    ]
                )
            case .task:
                (
                    "tasks",
                    [
                        ("hs_task_subject", text),
                        ("hs_task_status", occasion.isDone ? "COMPLETED" : "NOT_STARTED"),
                        ("hs_task_priority", self.trade.pick(["NONE", "LOW", "MEDIUM", "HIGH"])),
                    ]
                )
            case .email:
                (
                    "emails",
                    [
                        ("hs_email_subject", text), ("hs_email_direction", "EMAIL"),
                        ("hs_email_status", occasion.isDone ? "SENT" : "BOUNCED"),
                    ]
                )
            case .meeting:
                (
                    "meetings",
                    [
                        ("hs_meeting_title", text),
                        ("hs_meeting_start_time", String(occasion.time)),
                        ("hs_meeting_end_time", String(occasion.time + 1_800_000)),
                        ("hs_meeting_outcome", occasion.isDone ? "COMPLETED" : "NO_SHOW"),
                    ]
                )
            }
        guard let id = self.made(object, fields + [time], &state, occasion.time) else { return }
        if let person = occasion.person?.hubspot {
            self.tie(object, id, "contacts", person, &state)
        }
        if let deal = occasion.deal?.hubspot { self.tie(object, id, "deals", deal, &state) }
        if let company = occasion.company?.hubspot {
            self.tie(object, id, "companies", company, &state)
        }
    }

    private mutating func activity(_ occasion: Occasion, _ state: inout MockWorld.State) {
        var fields = [("Subject", occasion.subject)]
        if let person = occasion.person?.salesforce { fields.append(("WhoId", person)) }
        // A Lead's activity belongs to the Lead alone.
        let what = occasion.deal?.salesforce ?? occasion.company?.salesforce
        if let what, occasion.person?.isLead != true { fields.append(("WhatId", what)) }
        guard occasion.kind != .meeting else {
            fields += [
                ("StartDateTime", CivilTime.text(occasion.time)),
                ("EndDateTime", CivilTime.text(occasion.time + 1_800_000)),
                ("DurationInMinutes", "30"),
            ]
            _ = self.planted("Event", fields, &state, occasion.time)
            return
        }
        fields += [
            ("Status", occasion.isDone ? "Completed" : "Not Started"), ("Priority", "Normal"),
            ("ActivityDate", String(CivilTime.text(occasion.time).prefix(10))),
        ]
        switch occasion.kind {
        case .call: fields.append(("TaskSubtype", "Call"))
        case .email: fields.append(("TaskSubtype", "Email"))
        case .note, .task, .meeting: fields.append(("TaskSubtype", "Task"))
        }
        _ = self.planted("Task", fields, &state, occasion.time)
    }
}
