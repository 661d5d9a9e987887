import CRMInterface
import DuetCLI
import Foundation
import MockSalesforce
import SalesforceConnector
import Testing

/// `duet doctor --permission-set`: all that is needed, and nothing that is not.
struct PermissionSetTests {
    /// Besides fields of every kind, parts of an address.
    private static let text = DoctorStage.text.replacing(
        "      - {hubspot: jobtitle, salesforce: Title, rule: twoWay}",
        with: """
                  - {hubspot: jobtitle, salesforce: Title, rule: twoWay}
                  - {hubspot: city, salesforce: {Contact: MailingCity, Lead: City}, rule: twoWay}
                  - {hubspot: zip, salesforce: {Contact: MailingPostalCode, Lead: PostalCode}, rule: twoWay}
            """
    )

    /// What the set gives is open, and nothing else of what it could give.
    private static func granted(
        _ set: PermissionSet?,
        _ change: (inout MockSalesforceProfile) -> Void = { _ in }
    ) async throws -> MockSalesforceSettings {
        let all = try await Self.permissionNames()
        return DoctorStage.salesforce { profile in
            profile.permissions = set == nil ? [.apiEnabled] : []
            for right in set?.user ?? [] {
                MockSalesforceSystemPermission(rawValue: right).map {
                    _ = profile.permissions.insert($0)
                }
            }
            for object in DoctorStage.objects {
                profile.objects[object] = Self.access(to: object, set)
            }
            for field in all {
                let isWritten = set?.fields[field]
                if isWritten == nil { profile.hiddenFields.insert(field) }
                if isWritten == false { profile.readOnlyFields.insert(field) }
            }
            change(&profile)
        }
    }

    private static func access(
        to object: String,
        _ set: PermissionSet?
    ) -> MockSalesforceObjectAccess {
        guard let set else { return .none }
        if let right = ["Task": "EditTask", "Event": "EditEvent"][object] {
            let isSeen = set.user.contains("ActivitiesAccess")
            let isEdited = set.user.contains(right)
            return MockSalesforceObjectAccess(
                isReadable: isSeen,
                isCreateable: isEdited,
                isEditable: isEdited,
                isDeletable: isEdited,
                seesAll: false
            )
        }
        if object == "OpportunityContactRole" {
            return set.objects["Opportunity"]?.isEdited == true ? .all : .readOnly
        }
        guard let object = set.objects[object] else { return .none }
        return MockSalesforceObjectAccess(
            isReadable: true,
            isCreateable: object.isCreated,
            isEditable: object.isEdited,
            isDeletable: object.isDeleted,
            seesAll: object.seesAll
        )
    }

    /// Every field that the org's permission sets can list, as `Contact.MailingAddress`.
    private static func permissionNames() async throws -> [String] {
        let org = MockSalesforce(settings: DoctorStage.salesforce())
        return DoctorStage.objects.filter { $0 != "OpportunityContactRole" }.flatMap { object in
            org.permissionNames(of: object).map { "\(object).\($0)" }
        }
    }

    private static func set(_ org: MockSalesforceSettings) async throws -> PermissionSet {
        let (_, salesforce) = try await MockAccounts.connected(
            org,
            portal: try DoctorStage.hubspot()
        )
        let configuration = try ConfigurationReader.read(Self.text, path: "duet.yaml")
        let examination = Examination(configuration, hubspot: nil, salesforce: salesforce)
        return try #require(await examination.permissionSet())
    }

    private static func found(_ org: MockSalesforceSettings) async throws -> [String] {
        try await DoctorStage.checks(Self.text, salesforce: org).flatMap(\.found).map(\.text)
    }

    @Test func `S14: a user with the set alone is all that is needed`() async throws {
        let set = try await Self.set(DoctorStage.salesforce())
        #expect(set.unseen == [])
        #expect(set.fields["Contact.MailingAddress"] == true)
        #expect(set.fields["Contact.LastName"] == nil)
        #expect(set.fields["Contact.LeadSource"] == false)
        #expect(set.fields["Opportunity.Name"] == nil)
        #expect(set.objects["OpportunityContactRole"] == nil)
        #expect(set.objects["Case"]?.isDeleted == false)
        let found = try await Self.found(Self.granted(set))
        #expect(found == [])
    }

    @Test func `S14: from a user without any rights it takes two rounds`() async throws {
        let first = try await Self.set(Self.granted(nil))
        #expect(!first.unseen.isEmpty)
        let second = try await Self.set(Self.granted(first))
        #expect(second.unseen == [])
        let full = try await Self.set(DoctorStage.salesforce())
        #expect(second == full)
    }

    @Test func `no right of the set can be left out`() async throws {
        let set = try await Self.set(DoctorStage.salesforce())
        for field in set.fields.keys {
            let found = try await Self.found(Self.granted(set) { $0.hiddenFields.insert(field) })
            #expect(!found.isEmpty, "\(field) is not needed")
        }
        for field in set.fields where field.value {
            let found = try await Self.found(
                Self.granted(set) { $0.readOnlyFields.insert(field.key) }
            )
            #expect(!found.isEmpty, "\(field.key) need not be written")
        }
        for (name, object) in set.objects {
            var changes: [WritableKeyPath<MockSalesforceObjectAccess, Bool>] = [\.isReadable]
            if object.isCreated { changes.append(\.isCreateable) }
            if object.isEdited { changes.append(\.isEditable) }
            if object.isDeleted { changes.append(\.isDeletable) }
            if object.seesAll { changes.append(\.seesAll) }
            for change in changes {
                let found = try await Self.found(
                    Self.granted(set) { $0.objects[name]?[keyPath: change] = false }
                )
                #expect(!found.isEmpty, "\(name): \(change) is not needed")
            }
        }
    }

    @Test func `the file is one that Salesforce's tools take`() async throws {
        let source = try await Self.set(DoctorStage.salesforce()).source
        let lines = source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.first == #"<?xml version="1.0" encoding="UTF-8"?>"#)
        #expect(lines.last == "</PermissionSet>")
        // Members stand in alphabetical order, and those of one kind together (Metadata API).
        let members = source.split(separator: "\n").filter {
            $0.hasPrefix("    <") && !$0.hasPrefix("     ") && !$0.hasPrefix("    </")
        }.map { $0.dropFirst(5).prefix { $0 != ">" } }
        #expect(members == members.sorted())
        #expect(lines.contains("<field>Contact.MailingAddress</field>"))
        #expect(lines.contains("<name>EditTask</name>"))
        #expect(!source.contains("<modifyAllRecords>true"))
    }

    @Test func `a mapping that only reads asks for nothing more`() async throws {
        let text = """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
              - hubspot: companies
                creates: hubspot
                keys: none
                match: domain
                fields:
                  - {hubspot: domain, salesforce: Website, rule: alwaysSalesforce}
                  - {hubspot: industry, salesforce: Industry, rule: alwaysSalesforce}
              - hubspot: tasks
                creates: hubspot
                fields:
                  - {hubspot: hs_task_subject, salesforce: Subject, rule: alwaysSalesforce}
            """
        let needs = SalesforceNeeds(try ConfigurationReader.read(text, path: "duet.yaml"))
        let set = PermissionSet(needs, AccessRights())
        #expect(set.objects["Account"] == PermissionSet.Object(seesAll: true))
        #expect(set.fields["Account.Industry"] == false)
        #expect(set.user == ["ActivitiesAccess", "ApiEnabled", "EditTask", "ViewSetup"])
    }
}
