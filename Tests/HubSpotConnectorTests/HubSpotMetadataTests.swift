import CRMInterface
import HTTPTransport
import HubSpotConnector
import MockHubSpot
import SyncCore
import Testing
import WireJSON

/// What the portal is made of: the connector's requests against the mock portal, and recorded-style
/// replies.
struct HubSpotMetadataTests {
    /// Sends what an administrator's own tools would.
    private static func administer(
        _ portal: inout HubSpotPortal,
        _ path: String,
        _ body: String,
        _ method: HTTPMethod = .post
    ) throws -> JSON {
        let request = HTTPRequest(
            method: method,
            url: HubSpotPortal.base + path,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
        return try portal.json(request)
    }

    @Test func `custom object types are listed, standard ones are asked for`() throws {
        var portal = HubSpotPortal()
        #expect(try HubSpotResponses.objects(portal.json(portal.requests.objects())).isEmpty)
        _ = try Self.administer(
            &portal,
            "/crm-object-schemas/v3/schemas",
            #"""
            {"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":
            "vin","requiredProperties":["vin"],"properties":[{"name":"vin","label":"VIN","type":
            "string","fieldType":"text","hasUniqueValue":true}],"associatedObjects":["CONTACT"]}
            """#
        )
        let objects = try HubSpotResponses.objects(portal.json(portal.requests.objects()))
        #expect(objects.map(\.name) == ["p9900001_car"])
        #expect(objects[0].isCustom && objects[0].labelPlural == "Cars")
        #expect(objects[0].typeID == "2-1")
        let contact = try HubSpotResponses.summary(portal.json(portal.requests.schema("contacts")))
        #expect(contact?.typeID == "0-1" && contact?.isCustom == false)
        let car = try HubSpotResponses.object(
            portal.json(portal.requests.object("p9900001_car")),
            name: "p9900001_car"
        )
        #expect(car.field("vin")?.isKey == true)
    }

    @Test func `an object has properties, keys and options`() throws {
        var portal = HubSpotPortal()
        let request = portal.requests.object("contacts")
        #expect(request.url == HubSpotPortal.base + "/crm/properties/2026-09/contacts")
        let contacts = try HubSpotResponses.object(portal.json(request), name: "contacts")
        #expect(contacts.field("email")?.isKey == true)
        #expect(contacts.field("hs_object_id")?.isUpdateable == false)
        let stage = try #require(contacts.field("lifecyclestage"))
        #expect(stage.wireType == "enumeration/radio" || stage.wireType.hasPrefix("enumeration/"))
        #expect(stage.choices.contains { $0.value == "lead" })
        let archived = portal.requests.object("contacts", isArchived: true)
        #expect(try HubSpotResponses.object(portal.json(archived), name: "contacts").fields.isEmpty)
        let recorded = try HubSpotResponses.object(
            HubSpotPortal.json(
                #"""
                {"results":[{"label":"nameless"},{"name":"tier","label":"Tier","type":"enumeration",
                "fieldType":"checkbox","groupName":"g","options":[{"label":"Gold","value":"gold",
                "hidden":false,"displayOrder":0},{"label":"Old","value":"old","hidden":true}],
                "calculated":false,"externalOptions":false,"hasUniqueValue":false,
                "hubspotDefined":false,"modificationMetadata":{"archivable":true,
                "readOnlyDefinition":false,"readOnlyValue":true}}]}
                """#
            ),
            name: "deals"
        )
        let tier = try #require(recorded.field("tier"))
        #expect(recorded.fields.count == 1)
        #expect(tier.isCustom && !tier.isUpdateable)
        #expect(tier.wireType == "enumeration/checkbox")
        #expect(tier.choices.map(\.isActive) == [true, false])
    }

    @Test func `the day's calls and the account are told`() throws {
        var portal = HubSpotPortal()
        let limits = try HubSpotResponses.limits(portal.json(portal.requests.limits()))
        #expect(limits.map(\.max) == [625_000])
        let account = try HubSpotResponses.details(portal.json(portal.requests.account()))
        #expect(account.id == "9900001" && account.name == "Duet" && !account.isSandbox)
        #expect(account.host == "na1" && account.currency == "USD")
        let sandbox = try HubSpotResponses.details(
            HubSpotPortal.json(
                #"{"portalId":7,"accountType":"SANDBOX","timeZone":"Europe/Oslo"}"#
            )
        )
        #expect(sandbox.isSandbox)
    }

    @Test func `owners come in pages, who has left apart`() throws {
        var portal = HubSpotPortal { settings in
            settings.owners = (1...1_100).map { number in
                MockHubSpotOwner(
                    id: Int64(number),
                    userID: Int64(5_000 + number),
                    email: "P\(number)@Example.invalid",
                    firstName: "P",
                    lastName: "\(number)",
                    isArchived: number > 1_050
                )
            }
        }
        var (owners, next): ([OwnerDescription], String?) = ([], nil)
        var calls = 0
        repeat {
            let page = try HubSpotResponses.owners(portal.json(portal.requests.owners(next: next)))
            owners += page.items
            next = page.next
            calls += 1
        } while next != nil && calls < 10
        #expect(owners.count == 1_050)
        #expect(Set(owners.map(\.id)).count == 1_050)
        #expect(calls == 3)
        #expect(owners[0].email == "p1@example.invalid" && owners[0].userID == "5001")
        let gone = try HubSpotResponses.owners(
            portal.json(portal.requests.owners(isArchived: true))
        )
        #expect(gone.items.count == 50)
        #expect(gone.items.allSatisfy { !$0.isActive })
    }

    @Test func `pipelines come with their stages in order`() throws {
        var portal = HubSpotPortal()
        let deals = try HubSpotResponses.pipelines(
            portal.json(portal.requests.pipelines(of: "deals"))
        )
        #expect(deals.map(\.id) == ["default"])
        #expect(deals[0].stages.first?.id == "appointmentscheduled")
        let won = try #require(deals[0].stages.first { $0.id == "closedwon" })
        #expect(won.isClosed && won.probability == "1.0")
        let tickets = try HubSpotResponses.pipelines(
            HubSpotPortal.json(
                #"""
                {"results":[{"id":"0","label":"Support","displayOrder":0,"archived":false,"stages":[
                {"id":"4","label":"Closed","displayOrder":3,"metadata":{"ticketState":"CLOSED"},
                "archived":false},{"id":"1","label":"New","displayOrder":0,"metadata":
                {"ticketState":"OPEN","isClosed":"false"},"archived":true}]}]}
                """#
            )
        )
        #expect(tickets[0].stages.map(\.id) == ["1", "4"])
        #expect(tickets[0].stages.map(\.isClosed) == [false, true])
        #expect(tickets[0].stages.map(\.isActive) == [false, true])
    }

    @Test func `lists, their members and the lists of records are read in pages`() throws {
        var portal = HubSpotPortal()
        let list = try Self.administer(
            &portal,
            "/crm/v3/lists",
            #"{"name":"To sync","objectTypeId":"0-1","processingType":"MANUAL"}"#
        )["list"]?["listId"]?.string
        let id = try #require(list)
        let people = try (0..<300).map { number in
            try portal.mock.create(fields: [("email", "p\(number)@x.test")], at: portal.now)
        }
        let body = "[" + people.map { #""\#($0)""# }.joined(separator: ",") + "]"
        _ = try Self.administer(&portal, "/crm/v3/lists/\(id)/memberships/add", body, .put)
        let found = try HubSpotResponses.lists(portal.json(portal.requests.lists(named: "sync")))
        #expect(found.items.map(\.name) == ["To sync"])
        #expect(found.items.map(\.size) == [300])
        #expect(found.items.map(\.isDynamic) == [false])
        #expect(found.next == nil)
        let first = try HubSpotResponses.members(portal.json(portal.requests.members(of: id)))
        #expect(first.items.count == 250)
        #expect(first.items.allSatisfy { $0.joined != nil })
        let last = try HubSpotResponses.members(
            portal.json(portal.requests.members(of: id, next: first.next, byTime: true))
        )
        #expect(last.items.count == 50)
        #expect(last.next == nil)
        let asked = portal.requests.lists(ofRecords: [people[0], "1"], typeID: "0-1")
        let lists = try HubSpotResponses.listsOfRecords(portal.json(asked))
        #expect(lists[people[0]] == [id])
        #expect(lists["1"]?.isEmpty ?? true)
    }

    @Test(arguments: ["{}", "[]", "null", "7", #"{"total":1}"#])
    func `a reply of another shape breaks nothing`(text: String) throws {
        let json = try HubSpotPortal.json(text)
        #expect(throws: SyncError.self) { try HubSpotResponses.objects(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.object(json, name: "x") }
        #expect(throws: SyncError.self) { try HubSpotResponses.limits(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.details(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.owners(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.pipelines(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.lists(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.members(json) }
        #expect(throws: SyncError.self) { try HubSpotResponses.listsOfRecords(json) }
    }
}
