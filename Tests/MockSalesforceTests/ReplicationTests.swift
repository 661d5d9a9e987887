import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct ReplicationTests {
    @Test func `updated and deleted answer ids of whole minutes`() throws {
        var rehearsal = Rehearsal()
        let live = try rehearsal.seed("Contact", [("LastName", "A")])
        let gone = try rehearsal.seed("Contact", [("LastName", "B")])
        try rehearsal.mock.delete(gone, at: rehearsal.now)
        rehearsal.now += 600_000
        let window =
            "?start=2026-09-21T14%3A13%3A50%2B00%3A00&end=2026-09-21T14%3A20%3A30%2B00%3A00"
        let updated = rehearsal.send(.get, "/sobjects/Contact/updated/" + window)
        #expect(
            updated.text
                == #"{"ids":["\#(live)"],"latestDateCovered":"2026-09-21T14:20:00.000+0000"}"#
        )
        let deleted = rehearsal.send(.get, "/sobjects/Contact/deleted/" + window)
        #expect(
            deleted.json["deletedRecords"]?.elements.map { $0["id"]?.string } == [gone]
        )
    }

    @Test func `an open transaction holds the covered date back`() throws {
        var rehearsal = Rehearsal()
        try rehearsal.mock.create(
            object: "Contact",
            fields: [.init("LastName", .text("A"))],
            at: rehearsal.now,
            commitDelay: 600_000
        )
        rehearsal.now += 300_000
        let reply = rehearsal.send(
            .get,
            "/sobjects/Contact/updated/?start=2026-09-21T14:10:00Z&end=2026-09-21T14:18:00Z"
        )
        #expect(
            reply.text == #"{"ids":[],"latestDateCovered":"2026-09-21T14:13:00.000+0000"}"#
        )
    }

    @Test func `a window that is empty or too old is refused`() {
        var rehearsal = Rehearsal()
        for window in [
            "?start=2026-09-21T14:10:10Z&end=2026-09-21T14:10:50Z",
            "?start=2026-08-01T00:00:00Z&end=2026-09-21T14:10:50Z",
        ] {
            let reply = rehearsal.send(.get, "/sobjects/Contact/updated/" + window)
            #expect(reply.errorCode == "INVALID_REPLICATION_DATE")
        }
    }
}
