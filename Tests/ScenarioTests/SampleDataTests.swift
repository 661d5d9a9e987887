import Foundation
import MockHubSpot
import SyncCore
import SyncRuntime
import Testing

/// People without an e-mail address sync by key: the sales agents of a real data set, or of an
/// invented one where `DUET_SAMPLE_DATA` names no folder.
struct SampleDataTests {
    /// Agent, manager and office of each line.
    private static func agents() throws -> [[String]] {
        guard let folder = ProcessInfo.processInfo.environment["DUET_SAMPLE_DATA"] else {
            return (0..<35).map { ["Søren Ågent \($0)", "Ma Nager", $0 % 2 == 0 ? "West" : "Öst"] }
        }
        let path = folder + "/crm-sales/sales_teams.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func `35 sales agents without e-mail are brought over once, by key`() async throws {
        let agents = try Self.agents()
        #expect(agents.count == 35)
        let rehearsal = try await Rehearsal()
        for agent in agents {
            let names = agent[0].split(separator: " ", maxSplits: 1).map(String.init)
            try rehearsal.salesforceCreates(
                "Contact",
                ["FirstName": names[0], "LastName": names.last ?? "", "Title": agent[2]]
            )
        }
        rehearsal.wait()
        let first = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(first.createdInHubSpot == 35)
        #expect(Set(rehearsal.contacts.compactMap { $0["sf_contact_key"] }).count == 35)
        rehearsal.wait(seconds: 900)
        try await rehearsal.restart()
        let again = try await rehearsal.runner.backfillAndPush("contacts")
        #expect(again.createdInHubSpot + again.updatedInHubSpot == 0)
        #expect(rehearsal.contacts.count == 35)
        for contact in rehearsal.contacts {
            let key = try #require(contact["sf_contact_key"])
            #expect(rehearsal.salesforce(key, "LastName") == contact["lastname"])
        }
    }
}
