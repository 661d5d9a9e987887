import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Record types and what they leave of picklists, values that may no longer be chosen, and a log of
/// deletes that does not remember everything.
@Suite struct RecordTypeTests {
    private static let renewal = MockSalesforceRecordType.id(0)
    private static let closed = MockSalesforceRecordType.id(1)

    private static func org() -> Rehearsal {
        var settings = Factory.settings()
        var tier = MockSalesforceCustomField(
            object: "Plant__c",
            name: "Tier__c",
            label: "Tier",
            type: .picklist
        )
        tier.picklistValues = ["Gold", "Silver", "Lead"]
        tier.isRestrictedPicklist = true
        settings.customFields.append(tier)
        settings.recordTypes = [
            MockSalesforceRecordType(
                object: "Plant__c",
                name: "Renewal",
                isDefault: true,
                picklists: ["Tier__c": ["Gold", "Silver"]]
            ),
            MockSalesforceRecordType(object: "Plant__c", name: "Closed", isActive: false),
            MockSalesforceRecordType(object: "Account", name: "Partner"),
        ]
        return Rehearsal(settings)
    }

    @Test func `record types are described, queried and given to records`() {
        var rehearsal = Self.org()
        let infos = rehearsal.send(.get, "/sobjects/Plant__c/describe").json["recordTypeInfos"]
        #expect(infos?.elements.map { $0["name"]?.string } == ["Renewal", "Closed", "Master"])
        #expect(infos?.elements.map { $0["active"]?.boolean } == [true, false, true])
        #expect(
            infos?.elements.map { $0["defaultRecordTypeMapping"]?.boolean } == [true, false, false]
        )
        #expect(
            rehearsal.column(
                "DeveloperName",
                "SELECT DeveloperName FROM RecordType WHERE SobjectType = 'Plant__c' "
                    + "AND IsActive = true"
            ) == ["Renewal"]
        )
        _ = rehearsal.make("Plant__c", "{}")
        #expect(
            rehearsal.column("RecordType.Name", "SELECT RecordType.Name FROM Plant__c")
                == ["Renewal"]
        )
        for id in [Self.closed, MockSalesforceRecordType.id(2)] {
            let refused = rehearsal.send(
                .post,
                "/sobjects/Plant__c",
                #"{"RecordTypeId":"\#(id)"}"#
            )
            #expect(refused.errorCode == "INVALID_CROSS_REFERENCE_KEY")
            #expect(refused.message.hasPrefix("Record Type ID: this ID value isn't valid"))
        }
    }

    @Test func `a record type narrows picklists where they are read and written`() {
        var rehearsal = Self.org()
        func values(_ id: String) -> [String?]? {
            let path = "/ui-api/object-info/Plant__c/picklist-values/\(id)"
            return rehearsal.send(.get, path).json["picklistFieldValues"]?["Tier__c"]?["values"]?
                .elements.map { $0["value"]?.string }
        }
        #expect(values(Self.renewal) == ["Gold", "Silver"])
        #expect(values("012000000000000AAA") == ["Gold", "Silver", "Lead"])
        let other = "/ui-api/object-info/Plant__c/picklist-values/\(MockSalesforceRecordType.id(2))"
        #expect(rehearsal.send(.get, other).status == 400)
        #expect(!rehearsal.make("Plant__c", #"{"Tier__c":"Gold"}"#).isEmpty)
        let refused = rehearsal.send(.post, "/sobjects/Plant__c", #"{"Tier__c":"Lead"}"#)
        #expect(refused.errorCode == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
    }

    @Test func `a retired value stays on records and is not chosen any more`() {
        var rehearsal = Self.org()
        let plant = rehearsal.make("Plant__c", #"{"Tier__c":"Gold"}"#)
        func retire(_ isActive: Bool) {
            rehearsal.mock.setPicklistValues(
                ["Gold"],
                of: "Tier__c",
                on: "Plant__c",
                areActive: isActive,
                at: rehearsal.now
            )
        }
        retire(false)
        let field = rehearsal.send(.get, "/sobjects/Plant__c/describe").json["fields"]?.elements
            .first { $0["name"]?.string == "Tier__c" }
        #expect(
            field?["picklistValues"]?.elements.map { $0["active"]?.boolean } == [false, true, true]
        )
        #expect(rehearsal.column("Tier__c", "SELECT Tier__c FROM Plant__c") == ["Gold"])
        let refused = rehearsal.send(.post, "/sobjects/Plant__c", #"{"Tier__c":"Gold"}"#)
        #expect(refused.errorCode == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
        let path = "/sobjects/Plant__c/\(plant)"
        #expect(rehearsal.send(.patch, path, #"{"City__c":"Lyon"}"#).status == 204)
        retire(true)
        #expect(!rehearsal.make("Plant__c", #"{"Tier__c":"Gold"}"#).isEmpty)
    }

    @Test func `a pruned log forgets the oldest deletes and says since when it knows`() throws {
        var rehearsal = Rehearsal()
        var ids: [String] = []
        for name in ["A", "B", "C"] {
            ids.append(try rehearsal.seed("Contact", [("LastName", name)]))
        }
        for id in ids {
            rehearsal.now += 60_000
            try rehearsal.mock.delete(id, at: rehearsal.now)
        }
        try rehearsal.mock.hardDelete(ids[1], at: rehearsal.now)
        rehearsal.now += 600_000
        func log() -> JSON {
            let window = "?start=2026-09-21T14:10:00Z&end=2026-09-21T14:20:00Z"
            return rehearsal.send(.get, "/sobjects/Contact/deleted/\(window)").json
        }
        #expect(Set(log()["deletedRecords"]?.elements.map { $0["id"]?.string } ?? []) == Set(ids))
        rehearsal.mock.settings.deleteLogMax = 2
        #expect(
            Set(log()["deletedRecords"]?.elements.map { $0["id"]?.string } ?? [])
                == [ids[1], ids[2]]
        )
        #expect(log()["earliestDateAvailable"]?.string == "2026-09-21T14:15:20.000+0000")
    }
}
