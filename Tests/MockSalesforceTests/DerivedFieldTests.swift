import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// What the org works out by itself from a stage or a status.
@Suite struct DerivedFieldTests {
    private static let deal = #"{"Name":"Big","StageName":"Prospecting","CloseDate":"2026-12-31"}"#

    @Test func `a stage brings its probability, its forecast and whether it is won`() {
        var rehearsal = Rehearsal()
        let body = Self.deal.dropLast() + #","Amount":2000}"#
        let id = rehearsal.send(.post, "/sobjects/Opportunity", String(body)).json["id"]?.string
        let fields =
            "IsClosed, IsWon, Probability, ForecastCategoryName, ExpectedRevenue, LastStageChangeDate"
        func facts() -> [String] {
            let reply = rehearsal.query("SELECT \(fields) FROM Opportunity")
            let record = reply.json["records"]?[0]
            return fields.split(separator: ", ").map { name in
                let value = record?[String(name)]
                return value?.string ?? value?.numberText ?? value?.boolean.map { "\($0)" } ?? "-"
            }
        }
        #expect(facts() == ["false", "false", "10.0", "Pipeline", "200.0", "-"])
        rehearsal.now += 1_000
        let won = rehearsal.send(
            .patch,
            "/sobjects/Opportunity/\(id ?? "")",
            #"{"StageName":"Closed Won"}"#
        )
        #expect(won.status == 204)
        #expect(
            facts() == [
                "true", "true", "100.0", "Closed", "2000.0", "2026-09-21T14:13:21.000+0000",
            ]
        )
        #expect(
            rehearsal.column("Name", "SELECT Name FROM Opportunity WHERE IsWon = true") == ["Big"]
        )
        #expect(
            rehearsal.column("ForecastCategory", "SELECT ForecastCategory FROM Opportunity")
                == ["Closed"]
        )
    }

    @Test func `a probability that is given stays until the stage moves`() {
        var rehearsal = Rehearsal()
        let body = Self.deal.dropLast() + #","Probability":42}"#
        let id = rehearsal.send(.post, "/sobjects/Opportunity", String(body)).json["id"]?.string
        let probability = "SELECT Probability FROM Opportunity"
        #expect(rehearsal.column("Probability", probability) == ["42.0"])
        let path = "/sobjects/Opportunity/\(id ?? "")"
        _ = rehearsal.send(.patch, path, #"{"Name":"Bigger"}"#)
        #expect(rehearsal.column("Probability", probability) == ["42.0"])
        _ = rehearsal.send(.patch, path, #"{"StageName":"Qualification"}"#)
        #expect(rehearsal.column("Probability", probability) == ["10.0"])
    }

    @Test func `a case has a number and the time at which it was closed`() {
        var rehearsal = Rehearsal()
        let id = rehearsal.send(.post, "/sobjects/Case", #"{"Subject":"A"}"#).json["id"]?.string
        _ = rehearsal.send(.post, "/sobjects/Case", #"{"Subject":"B","Status":"Closed"}"#)
        let numbers = "SELECT CaseNumber FROM Case ORDER BY CaseNumber"
        #expect(rehearsal.column("CaseNumber", numbers) == ["00001001", "00001002"])
        let closed = "SELECT Subject FROM Case WHERE IsClosed = true AND ClosedDate != null"
        #expect(rehearsal.column("Subject", closed) == ["B"])
        _ = rehearsal.send(.patch, "/sobjects/Case/\(id ?? "")", #"{"Status":"Closed"}"#)
        #expect(rehearsal.column("Subject", closed) == ["A", "B"])
        _ = rehearsal.send(.patch, "/sobjects/Case/\(id ?? "")", #"{"Status":"New"}"#)
        #expect(rehearsal.column("Subject", closed) == ["B"])
    }

    @Test func `a completed task is closed`() {
        var rehearsal = Rehearsal()
        _ = rehearsal.send(.post, "/sobjects/Task", #"{"Subject":"A","Status":"Completed"}"#)
        _ = rehearsal.send(.post, "/sobjects/Task", #"{"Subject":"B","Status":"Not Started"}"#)
        #expect(
            rehearsal.column("Subject", "SELECT Subject FROM Task WHERE IsClosed = true") == ["A"]
        )
    }
}
