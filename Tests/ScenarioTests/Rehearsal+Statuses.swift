import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    static let statuses = StatusFields(
        hubspot: .init(status: "duet_status", page: "duet_record"),
        salesforce: .init(status: "Duet_Status__c", page: "Duet_Record__c")
    )

    /// Both CRMs with fields in which contacts can tell how they stand.
    static func told(
        _ mapping: ObjectMapping,
        others: [ObjectMapping] = []
    ) async throws -> Rehearsal {
        let time = ManualTime()
        var hubspot = MockHubSpot()
        for name in ["duet_status", "duet_record"] {
            hubspot.define(name, as: MockHubSpotProperty(name, label: name))
        }
        var org = MockSalesforceSettings()
        for object in ["Contact", "Lead"] {
            org.customFields += ["Duet_Status__c", "Duet_Record__c"].map {
                MockSalesforceCustomField(object: object, name: $0, label: $0, type: .string)
            }
        }
        let stage = try await Rehearsal(
            world: MockWorld(
                hubspot: hubspot,
                salesforce: MockSalesforce(settings: org),
                time: time
            ),
            time: time,
            mapping: mapping,
            others: others
        )
        let account = StoredAccount(
            id: "4711",
            recordBaseURL: "https://org.test",
            verifiedCredential: nil
        )
        for side in Side.allCases { try await stage.store.save(account: account, of: side) }
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// What HubSpot's contact and Salesforce's record tell.
    func tells(_ contact: String, _ person: String) -> [String] {
        [self.hubspot(contact, "duet_status"), self.salesforce(person, "Duet_Status__c")]
    }
}
