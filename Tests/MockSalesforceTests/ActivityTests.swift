import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// What the org works out of activities.
@Suite struct ActivityTests {
    private static let names = [
        "StartDateTime", "ActivityDateTime", "ActivityDate", "DurationInMinutes", "EndDateTime",
        "EndDate",
    ]

    private static func times(_ id: String, _ rehearsal: inout Rehearsal) -> [String] {
        let record = rehearsal.send(.get, "/sobjects/Event/" + id).json
        return self.names.map { record[$0]?.string ?? record[$0]?.numberText ?? "-" }
    }

    @Test(arguments: [
        #""StartDateTime":"2026-09-22T10:00:00Z","DurationInMinutes":90"#,
        #""ActivityDateTime":"2026-09-22T10:00:00Z","EndDateTime":"2026-09-22T11:30:00Z""#,
        #""StartDateTime":"2026-09-22T10:00:00Z","EndDateTime":"2026-09-22T11:30:00Z","DurationInMinutes":90"#,
    ])
    func `an event's times follow from one another`(_ body: String) {
        var rehearsal = Rehearsal()
        let id = rehearsal.make("Event", "{\(body)}")
        let start = "2026-09-22T10:00:00.000+0000"
        #expect(
            Self.times(id, &rehearsal)
                == [start, start, "2026-09-22", "90", "2026-09-22T11:30:00.000+0000", "2026-09-22"]
        )
        // A later start moves the end; an end of its own sets the duration.
        let moved = rehearsal.send(
            .patch,
            "/sobjects/Event/" + id,
            #"{"StartDateTime":"2026-09-23T23:00:00Z"}"#
        )
        #expect(moved.status == 204)
        #expect(
            Self.times(id, &rehearsal)[3...] == [
                "90", "2026-09-24T00:30:00.000+0000", "2026-09-24",
            ]
        )
        _ = rehearsal.send(
            .patch,
            "/sobjects/Event/" + id,
            #"{"EndDateTime":"2026-09-23T23:15:00Z"}"#
        )
        #expect(Self.times(id, &rehearsal)[3] == "15")
    }

    @Test func `an event of whole days takes one unless it says more`() {
        var rehearsal = Rehearsal()
        let day = #""IsAllDayEvent":true,"ActivityDate":"2026-09-22""#
        let one = rehearsal.make("Event", "{\(day)}")
        let midnight = "2026-09-22T00:00:00.000+0000"
        #expect(
            Self.times(one, &rehearsal)
                == [midnight, "-", "2026-09-22", "1440", midnight, "2026-09-22"]
        )
        let two = rehearsal.make("Event", #"{\#(day),"DurationInMinutes":2880}"#)
        #expect(Self.times(two, &rehearsal)[5] == "2026-09-23")
    }

    @Test(arguments: [
        (#""Subject":"x""#, "REQUIRED_FIELD_MISSING"),
        (#""StartDateTime":"2026-09-22T10:00:00Z""#, "REQUIRED_FIELD_MISSING"),
        (
            #""StartDateTime":"2026-09-22T10:00:00Z","EndDateTime":"2026-09-22T09:00:00Z""#,
            "FIELD_INTEGRITY_EXCEPTION"
        ),
        (
            #""StartDateTime":"2026-09-22T10:00:00Z","EndDateTime":"2026-09-22T11:00:00Z","DurationInMinutes":5"#,
            "INVALID_FIELD_FOR_INSERT_UPDATE"
        ),
    ])
    func `an event without its times, or with times that differ, is refused`(
        _ body: String,
        _ code: String
    ) {
        var rehearsal = Rehearsal()
        let refused = rehearsal.send(.post, "/sobjects/Event", "{\(body)}")
        #expect(refused.status == 400)
        #expect(refused.errorCode == code)
    }

    @Test func `an activity has the account of what it is about, or else of its contact`() throws {
        var rehearsal = Rehearsal()
        let own = try rehearsal.seed("Account", [("Name", "Own")])
        let other = try rehearsal.seed("Account", [("Name", "Other")])
        let person = try rehearsal.seed("Contact", [("LastName", "Roux"), ("AccountId", own)])
        let lead = try rehearsal.seed("Lead", [("LastName", "Li"), ("Company", "C")])
        let ticket = try rehearsal.seed("Case", [("AccountId", other)])
        let deal = try rehearsal.seed(
            "Opportunity",
            [
                ("Name", "Deal"), ("StageName", "Prospecting"), ("CloseDate", "2026-10-01"),
                ("AccountId", other),
            ]
        )
        for (body, account) in [
            (#""WhoId":"\#(person)""#, own), (#""WhatId":"\#(other)","WhoId":"\#(person)""#, other),
            (#""WhatId":"\#(deal)""#, other), (#""WhatId":"\#(ticket)","WhoId":"\#(person)""#, own),
            (#""WhatId":"\#(ticket)""#, "-"), (#""WhoId":"\#(lead)""#, "-"),
        ] {
            let id = rehearsal.make("Task", #"{"Subject":"x",\#(body)}"#)
            let found = rehearsal.column(
                "AccountId",
                "SELECT AccountId FROM Task WHERE Id = '\(id)'"
            )
            #expect(found == [account], "\(body)")
        }
        let task = rehearsal.make("Task", #"{"Subject":"x"}"#)
        _ = rehearsal.send(.patch, "/sobjects/Task/" + task, #"{"WhoId":"\#(person)"}"#)
        let moved = rehearsal.column(
            "Account.Name",
            "SELECT Account.Name FROM Task WHERE Id = '\(task)'"
        )
        #expect(moved == ["Own"])
    }

    @Test func `what is with a lead is about nothing else`() {
        var rehearsal = Rehearsal()
        let lead = rehearsal.make("Lead", #"{"LastName":"L","Company":"C"}"#)
        let person = rehearsal.make("Contact", #"{"LastName":"P"}"#)
        let account = rehearsal.make("Account", #"{"Name":"A"}"#)
        let both = rehearsal.send(
            .post,
            "/sobjects/Task",
            #"{"WhoId":"\#(lead)","WhatId":"\#(account)"}"#
        )
        #expect(both.status == 400)
        #expect(both.errorCode == "FIELD_INTEGRITY_EXCEPTION")
        let task = rehearsal.make("Task", #"{"WhoId":"\#(person)","WhatId":"\#(account)"}"#)
        let path = "/sobjects/Task/" + task
        #expect(rehearsal.send(.patch, path, #"{"WhoId":"\#(lead)"}"#).status == 400)
        #expect(rehearsal.send(.patch, path, #"{"WhoId":"\#(lead)","WhatId":null}"#).status == 204)
        #expect(rehearsal.send(.patch, path, #"{"WhatId":"\#(account)"}"#).status == 400)
        #expect(rehearsal.send(.patch, path, #"{"Subject":"S"}"#).status == 204)
    }
}
