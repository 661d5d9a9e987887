import CRMInterface
import DuetCLI
import HubSpotConnector
import MockHubSpot
import MockSalesforce
import SalesforceConnector
import SimulationKit
import SyncCore
import SyncStore
import Testing

/// What `duet doctor` finds where one right is missing: that one, and nothing else.
struct DoctorTests {
    @Test func `where every right is given nothing is found`() async throws {
        #expect(try await DoctorStage.found() == [])
    }

    // MARK: - HubSpot

    @Test func `S10: the scopes are those of what is mapped`() throws {
        let needs = HubSpotScopes.needed(by: try DoctorStage.configuration())
        #expect(needs.map(\.scope) == DoctorStage.scopes)
    }

    @Test(arguments: DoctorStage.scopes)
    func `S01, S10: a scope that is missing is named`(scope: String) async throws {
        let scopes = DoctorStage.scopes.filter { $0 != scope }
        let found = try await DoctorStage.diagnoses(scopes: scopes)
        #expect(found.map(\.text) == ["missingScope \(scope)"])
        #expect(found.first?.cause.contains("needed for") == true)
        #expect(found.first?.nextStep.contains("Scopes") == true)
    }

    @Test func `S10: the scopes of a consent are told too`() async throws {
        var portal = try DoctorStage.hubspot()
        portal.apps[1].scopes = ["oauth", "tickets"]
        let (hubspot, _) = try await MockAccounts.connected(
            MockSalesforceSettings(),
            portal: portal,
            auth: .oauth(
                clientID: "hubspot-client",
                clientSecret: "hubspot-secret",
                refreshToken: "na1-integration"
            )
        )
        let rights = try await hubspot.rights()
        #expect(rights.scopes == ["oauth", "tickets"])
        // Apps that sign in so have no limit a day.
        #expect(rights.usage == nil)
    }

    @Test func `a mapping that only reads HubSpot needs no scope to write`() throws {
        let text = """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
              - hubspot: companies
                creates: salesforce
                keys: none
                fields:
                  - {hubspot: name, salesforce: Name, rule: alwaysHubSpot}
            """
        let needs = HubSpotScopes.needed(by: try ConfigurationReader.read(text, path: "duet.yaml"))
        #expect(needs.map(\.scope) == ["crm.objects.companies.read"])
    }

    @Test func `S10: with the scopes that are named alone all that is mapped can be read`()
        async throws
    {
        let (hubspot, salesforce) = try await MockAccounts.connected(
            DoctorStage.salesforce(),
            portal: try DoctorStage.hubspot()
        )
        let loader = MappingLoader(
            store: try SQLiteSyncStore.inMemory(now: { 0 }),
            connections: [.hubspot: hubspot, .salesforce: salesforce],
            time: ManualTime()
        )
        func problems(_ text: String) async throws -> [String] {
            do {
                _ = try await loader.load(try ConfigurationReader.read(text, path: "duet.yaml"))
                return []
            } catch let found as ConfigurationProblems {
                return found.problems.map(\.message)
            }
        }
        // What a scope is missing for is refused with another error than that it is not there.
        #expect(
            try await problems(DoctorStage.text) == [
                "HubSpot has no segment of contacts named `Customers`."
            ]
        )
        let text = DoctorStage.text.replacing("      segment: Customers\n", with: "")
        let others = try await problems(text)
        #expect(
            others == ["HubSpot has no label `Decider` for associations of deals with contacts."]
        )
        #expect(try await !hubspot.owners(withQueues: false).isEmpty)
    }

    // MARK: - Salesforce's objects

    struct ObjectCase: Sendable {
        var object: String
        var access: MockSalesforceObjectAccess
        var code: String
        var place: String
    }

    private static let objectCases: [ObjectCase] = {
        let deletable = ["Contact", "Lead", "OpportunityContactRole"]
        let unedited = ["OpportunityContactRole"]
        let uncreated = ["Contact"]
        return DoctorStage.objects.flatMap { object -> [ObjectCase] in
            let activity = ["Task": "Edit Tasks", "Event": "Edit Events"][object]
            func place(_ box: String) -> String {
                activity.map { "System Permissions, \(box == "Read" ? "Access Activities" : $0)." }
                    ?? "Object Settings, \(object), \(box)."
            }
            var cases = [
                ObjectCase(
                    object: object,
                    access: .none,
                    code: "objectNotVisible",
                    place: place("Read")
                )
            ]
            if !uncreated.contains(object) {
                let access = MockSalesforceObjectAccess(isCreateable: false)
                cases.append(
                    ObjectCase(
                        object: object,
                        access: access,
                        code: "createNotAllowed",
                        place: place("Create")
                    )
                )
            }
            if !unedited.contains(object) {
                let access = MockSalesforceObjectAccess(isEditable: false)
                cases.append(
                    ObjectCase(
                        object: object,
                        access: access,
                        code: "editNotAllowed",
                        place: place("Edit")
                    )
                )
            }
            if deletable.contains(object) {
                let access = MockSalesforceObjectAccess(isDeletable: false)
                cases.append(
                    ObjectCase(
                        object: object,
                        access: access,
                        code: "deleteNotAllowed",
                        place: place("Delete")
                    )
                )
            }
            if activity == nil, object != "OpportunityContactRole" {
                let access = MockSalesforceObjectAccess(seesAll: false)
                cases.append(
                    ObjectCase(
                        object: object,
                        access: access,
                        code: "viewAllNotGiven",
                        place: place("View All")
                    )
                )
            }
            return cases
        }
    }()

    @Test(arguments: Self.objectCases)
    func `S14, S17: a right on an object that is missing is named`(one: ObjectCase) async throws {
        let found = try await DoctorStage.diagnoses { $0.objects[one.object] = one.access }
        #expect(found.map(\.text) == ["\(one.code) \(one.object)"])
        #expect(found.first?.nextStep.hasSuffix(one.place) == true)
        // What is not shared is left alone; all else fails.
        #expect(found.first?.isProblem == (one.code != "viewAllNotGiven"))
    }

    @Test(arguments: [
        MockSalesforceObjectAccess(isDeletable: false),
        MockSalesforceObjectAccess(isCreateable: false),
    ])
    func `a right that nothing needs is not asked for`(
        access: MockSalesforceObjectAccess
    ) async throws {
        // New people become leads, and no case is deleted.
        let object = access.isDeletable ? "Contact" : "Case"
        #expect(try await DoctorStage.found { $0.objects[object] = access } == [])
    }

    // MARK: - Salesforce's fields

    @Test func `the fields are those of what is mapped, and each can be taken away or never`()
        throws
    {
        let needed = Doctor(try DoctorStage.configuration()).salesforceFields
            .flatMap { object, fields in fields.map { "\(object).\($0)" } }
        let known = DoctorStage.written + DoctorStage.read + DoctorStage.alwaysOpen
        #expect(needed.sorted() == known.sorted())
    }

    @Test(arguments: DoctorStage.written + DoctorStage.read)
    func `S17: a field that cannot be seen is named`(field: String) async throws {
        let found = try await DoctorStage.diagnoses { $0.hiddenFields = [field] }
        let code =
            field == "Task.Type"
            ? "taskTypeNotVisible"
            : field.contains("HubSpot_") ? "keyNotVisible" : "fieldNotVisible"
        #expect(found.map(\.text) == ["\(code) \(field)"])
        let parts = field.split(separator: ".")
        #expect(
            found.first?.nextStep.contains("Object Settings, \(parts[0]), \(parts[1]), Read Access")
                == true
        )
    }

    @Test(arguments: DoctorStage.written)
    func `S17: a field that cannot be written is named`(field: String) async throws {
        let found = try await DoctorStage.diagnoses { $0.readOnlyFields = [field] }
        #expect(found.map(\.text) == ["fieldNotEditable \(field)"])
        #expect(found.first?.nextStep.hasSuffix("Edit Access.") == true)
    }

    @Test(arguments: DoctorStage.read)
    func `a field that is only read need not be written`(field: String) async throws {
        #expect(try await DoctorStage.found { $0.readOnlyFields = [field] } == [])
    }

    // MARK: - The org

    @Test func `S16: View Setup and Configuration that is missing is named`() async throws {
        let found = try await DoctorStage.diagnoses { $0.permissions = [.apiEnabled] }
        #expect(found.map(\.text) == ["setupNotVisible View Setup and Configuration"])
        #expect(found.first?.isProblem == false)
        #expect(found.first?.nextStep.hasSuffix("View Setup and Configuration.") == true)
    }

    @Test func `who may see all data sees all of each object`() async throws {
        let found = try await DoctorStage.found {
            $0.permissions = [.apiEnabled, .viewSetup, .viewAllData]
            $0.objects["Contact"] = MockSalesforceObjectAccess(seesAll: false)
        }
        #expect(found == [])
    }
}
