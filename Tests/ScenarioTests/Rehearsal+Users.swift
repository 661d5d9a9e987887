import DuetCLI
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    /// Contacts with an owner and two people besides.
    ///
    /// `owner`: what follows on the owner's line.
    static func people(createAs: String = "contact", owner: String = "") -> String {
        """
          - hubspot: contacts
            salesforce: [Contact, Lead]
            createAs: \(createAs)
            match: [email]
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: lastname, salesforce: LastName, rule: twoWay}
              - {hubspot: jobtitle, salesforce: Title, rule: twoWay}
              - {hubspot: company, salesforce: Company, rule: preferSalesforce, default: Unknown}
              - {hubspot: hubspot_owner_id, salesforce: OwnerId\(owner)}
              - {hubspot: csm, salesforce: CSM__c, rule: twoWay}
              - {hubspot: seller, salesforce: Seller__c, rule: twoWay}
        """
    }

    /// A pair that is in step with nothing in it, whose contacts name a success manager and a seller.
    static func accompanied(
        _ mappings: String = Rehearsal.people(),
        queues: [MockSalesforceQueue] = []
    ) async throws -> Rehearsal {
        var portal = MockHubSpotSettings()
        for name in ["csm", "seller"] {
            var property = MockHubSpotProperty(
                name,
                label: name,
                kind: .enumeration,
                fieldType: "select"
            )
            property.refersToOwners = true
            property.isHubSpotDefined = false
            portal.objects[0].properties.append(property)
        }
        var settings = MockSalesforceSettings()
        settings.queues = queues
        for object in ["Contact", "Lead"] {
            for name in ["CSM__c", "Seller__c"] {
                var field = MockSalesforceCustomField(
                    object: object,
                    name: name,
                    label: name,
                    type: .reference
                )
                field.referenceTo = "User"
                field.childRelationshipName = object + name.dropLast(3)
                settings.customFields.append(field)
            }
        }
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: portal),
            salesforce: MockSalesforce(settings: settings),
            time: time
        )
        let loaded = try await Self.loaded(mappings, world, time)
        let stage = try await Rehearsal(
            world: world,
            time: time,
            mapping: loaded.mappings[0],
            required: loaded.required
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }
}
