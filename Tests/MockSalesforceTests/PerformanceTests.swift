import WireJSON
import HTTPTransport
import MockSalesforce
import Testing

@Suite struct PerformanceTests {
    @Test func `an org of 20,000 contacts answers a long IN list and a full poll quickly`() throws {
        var rehearsal = Rehearsal()
        let clock = ContinuousClock()
        let seeding = try clock.measure {
            for number in 0..<20_000 {
                _ = try rehearsal.seed(
                    "Contact",
                    [
                        ("LastName", "L\(number)"), ("Email", "p\(number)@x.invalid"),
                        ("HubSpot_Record_ID__c", "\(number)"),
                    ]
                )
                rehearsal.now += 100
            }
        }
        let emails = (0..<3000).map { "'p\($0 * 6)@x.invalid'" }.joined(separator: ",")
        let keys = (0..<1000).map { "'\($0 * 6 + 1)'" }.joined(separator: ",")
        let statement =
            "SELECT Id FROM Contact WHERE Email IN (\(emails)) "
            + "OR HubSpot_Record_ID__c IN (\(keys))"
        let body =
            #"{"compositeRequest":[{"method":"GET","referenceId":"q","url":"#
            + #""/services/data/v62.0/query?q=\#(statement)"}]}"#
        var reply = rehearsal.send(.get, "/limits")
        let finding = clock.measure { reply = rehearsal.send(.post, "/composite", body) }
        let found = reply.json["compositeResponse"]?[0]?["body"]
        #expect(found?["totalSize"]?.integer == 4000)
        var poll = reply
        let polling = clock.measure {
            poll = rehearsal.query(
                "SELECT Id, Email, SystemModstamp FROM Contact "
                    + "WHERE SystemModstamp >= 2026-09-21T14:45:00Z ORDER BY SystemModstamp, Id",
                all: true
            )
        }
        #expect(poll.json["totalSize"]?.integer == 1000)
        print("seed \(seeding), find \(finding), poll \(polling)")
        // Bounds for a debug build on a busy machine; a copy of an index per write takes 40 s.
        #expect(seeding < .seconds(15))
        #expect(finding < .seconds(3))
        #expect(polling < .seconds(3))
    }
}
