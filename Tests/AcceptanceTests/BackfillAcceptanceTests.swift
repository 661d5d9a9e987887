import DemoKit
import Foundation
import Testing
import WireJSON

extension AcceptanceTests {
    /// The first load of two CRMs of 10,000 people each, half of them on both sides, over HTTP.
    @Suite(.serialized)
    struct BackfillAcceptanceTests {
        private static let count = 10_000

        /// One field of each rule that decides by itself, and two that need a person where they differ.
        private static let fields = [
            "{hubspot: email, salesforce: Email, rule: twoWay}",
            "{hubspot: firstname, salesforce: FirstName, rule: alwaysSalesforce}",
            "{hubspot: lastname, salesforce: LastName, rule: preferSalesforce, default: Unknown}",
            "{hubspot: jobtitle, salesforce: Title, rule: twoWay}",
            "{hubspot: phone, salesforce: Phone, rule: alwaysHubSpot}",
            "{hubspot: mobilephone, salesforce: MobilePhone, rule: fillEmpty}",
        ]

        @Test(.timeLimit(.minutes(20)))
        func `after a backfill both sides agree, a sync writes nothing, and every call is counted`()
            async throws
        {
            let stage = try Stage(
                hubspot: People.hubspot(Self.count),
                salesforce: People.salesforce(Self.count),
                fields: Self.fields
            )
            let first = try stage.duet.run("backfill", "contacts")
            #expect(first.status == 0)
            try await self.bothSidesAgree(stage)

            // Whatever the last writes left to be seen again is read once, nothing is written.
            let second = try stage.duet.run("sync").json
            #expect(second["created"]?.integer == 0)
            #expect(second["updated"]?.integer == 0)
            let seen = Stage.calls(second)
            #expect((seen["hubspot"] ?? 0) <= 1 + 15_000 / 200)
            #expect((seen["salesforce"] ?? 0) <= 1 + 15_000 / 2_000 + 1)

            // After the confirm intervals one more look, then exactly the idle calls.
            try await stage.world.advance(seconds: 900)
            _ = try stage.duet.run("sync")
            try await stage.world.advance(seconds: 900)
            _ = try stage.duet.run("sync")
            try await stage.world.advance(seconds: 900)
            let idle = try stage.duet.run("sync").json
            #expect(Stage.calls(idle) == ["hubspot": 1, "salesforce": 1])
            #expect(try stage.ledger() == (try await stage.billed()))
        }

        /// By every rule of the mapping, or a finding names the record and the field.
        private func bothSidesAgree(_ stage: Stage) async throws {
            // The backfill's own report lists some of each kind.
            let report = try stage.duet.run("status").json
            let contacts = try await stage.world.export("contacts")
            let people = try await stage.world.export("Contact")
            #expect(contacts.count == Self.count + Self.count / 2)
            #expect(people.count == Self.count + Self.count / 2)
            let listed = Set(
                (report["findings"]?.elements ?? []).filter {
                    $0["code"]?.string == "firstSyncDiverged"
                }.compactMap { $0["hubspot"]?["id"]?.string }
            )
            let byID = Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
            var wrong: [String] = []
            var undecided: Set<String> = []
            for contact in contacts {
                guard let person = byID[contact["sf_contact_key"]],
                    person["HubSpot_Record_ID__c"] == contact.id
                else {
                    wrong.append("\(contact.id) is not linked")
                    continue
                }
                for (mine, theirs) in zip(People.hubspotNames, People.salesforceNames) {
                    let pair = (contact[mine], person[theirs])
                    if pair.0 == pair.1 { continue }
                    let isOpen = mine == "jobtitle" || (mine == "mobilephone" && !pair.0.isEmpty)
                    if isOpen, listed.contains(contact.id) {
                        undecided.insert(contact.id)
                    } else if !Self.agrees(mine, pair.0, pair.1) {
                        wrong.append("\(contact.id) \(mine): \(pair.0) and \(pair.1)")
                    }
                }
            }
            let first = wrong.prefix(5).joined(separator: ", ")
            #expect(wrong.count == 0, "\(first)")
            #expect(undecided.count > 0, "nothing differed: the findings were not tried")
            #expect(undecided == listed)
        }

        /// What the field's rule promises (grids 2.7 and 2.8): "always" never takes the other's value.
        private static func agrees(_ field: String, _ hubspot: String, _ salesforce: String) -> Bool
        {
            switch field {
            case "email": hubspot.lowercased() == salesforce.lowercased()
            case "firstname": hubspot == salesforce || salesforce.isEmpty
            case "phone": hubspot == salesforce || hubspot.isEmpty
            case "mobilephone": hubspot.isEmpty == salesforce.isEmpty
            default: hubspot == salesforce
            }
        }
    }
}
