import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Associations of v4 and of the dated versions, from both sides.
struct AssociationTests {
    private var portal = Portal()
    private let contact: String
    private let companies: [String]

    init() {
        var portal = Portal()
        self.contact = portal.make("contacts", #""email":"ada@example.com""#)
        self.companies = ["Acme", "Bolt"].map { portal.make("companies", #""name":"\#($0)""#) }
        self.portal = portal
    }

    private mutating func put(_ kind: Int, _ company: String) -> Int {
        self.portal.send(
            .put,
            "/crm/v4/objects/contacts/\(self.contact)/associations/companies/\(company)",
            #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":\#(kind)}]"#
        ).status
    }

    /// `id:kinds` of each counterpart of the contact.
    private mutating func ties() -> [String] {
        let path = "/crm/objects/2026-09/contact/\(self.contact)/associations/0-2"
        return self.portal.send(.get, path).json?["results"]?.elements.map { tie in
            let kinds = tie["associationTypes"]?.elements.compactMap { $0["typeId"]?.integer }
            return "\(tie["toObjectId"]?.integer ?? 0):\(kinds ?? [])"
        } ?? []
    }

    @Test mutating func `a record has one primary company, and the others stay plain`() {
        #expect(self.put(1, self.companies[0]) == 201)
        #expect(self.ties() == ["\(self.companies[0]):[1, 279]"])
        #expect(self.put(1, self.companies[1]) == 201)
        #expect(
            self.ties() == ["\(self.companies[0]):[279]", "\(self.companies[1]):[1, 279]"]
        )
        let back = self.portal.send(
            .get,
            "/crm/v4/objects/companies/\(self.companies[1])/associations/contacts"
        )
        let kinds = back.json?["results"]?[0]?["associationTypes"]?.elements
        #expect(kinds?.compactMap { $0["typeId"]?.integer } == [2, 280])
    }

    @Test mutating func `taking the plain tie away takes every label with it`() {
        _ = self.put(1, self.companies[0])
        let pair = #"{"from":{"id":"\#(self.contact)"},"to":{"id":"\#(self.companies[0])"}"#
        func archive(_ kind: Int) -> String {
            let types = #""types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":"#
            return #"{"inputs":[\#(pair),\#(types)\#(kind)}]}]}"#
        }
        let path = "/crm/v4/associations/contacts/companies/batch/labels/archive"
        #expect(self.portal.send(.post, path, archive(1)).status == 204)
        #expect(self.ties() == ["\(self.companies[0]):[279]"])
        _ = self.put(1, self.companies[0])
        #expect(self.portal.send(.post, path, archive(279)).status == 204)
        #expect(self.ties().isEmpty)
    }

    @Test mutating func `a batch tells each pair's fate`() {
        let spec = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"#
        func pair(_ to: String, _ types: String) -> String {
            #"{"from":{"id":"\#(self.contact)"},"to":{"id":"\#(to)"},"types":\#(types)}"#
        }
        let wrong = spec.replacing("279", with: "280")
        let inputs = [
            pair(self.companies[0], spec), pair("999", spec), pair(self.companies[1], wrong),
        ].joined(separator: ",")
        let reply = self.portal.send(
            .post,
            "/crm/v4/associations/contacts/companies/batch/create",
            #"{"inputs":[\#(inputs)]}"#
        )
        #expect(reply.status == 207)
        #expect(reply.json?["results"]?.count == 1)
        #expect(
            reply.json?["errors"]?.elements.compactMap { $0["message"]?.string } == [
                "999 is not a valid ID", "One or more association types are not valid",
            ]
        )
        let read = self.portal.send(
            .post,
            "/crm/associations/2026-09/companies/contacts/batch/read",
            #"{"inputs":[{"id":"\#(self.companies[0])"},{"id":"\#(self.companies[1])"}]}"#
        )
        #expect(read.status == 207)
        #expect(read.json?["results"]?.count == 1)
        #expect(
            read.json?["errors"]?[0]?["subCategory"]?.string
                == "crm.associations.NO_ASSOCIATIONS_FOUND"
        )
    }

    @Test mutating func `a create ties the new record, or is refused for a bad id`() {
        func body(_ company: String) -> String {
            #"""
            {"properties":{"email":"bob@example.com"},"associations":[{"to":{"id":"\#(company)"},
            "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}
            """#
        }
        let refused = self.portal.send(.post, "/crm/v3/objects/contacts", body("999"))
        #expect(refused.status == 400)
        #expect(self.portal.mock.export(object: "contacts").count == 1)
        let made = self.portal.send(.post, "/crm/v3/objects/contacts", body(self.companies[0]))
        let id = made.json?["id"]?.string ?? ""
        let read = self.portal.send(
            .get,
            "/crm/v3/objects/contacts/\(id)?associations=companies,deals"
        )
        let ties = read.json?["associations"]?["companies"]?["results"]
        #expect(ties?[0]?["id"]?.string == self.companies[0])
        #expect(ties?[0]?["type"]?.string == "contact_to_company_unlabeled")
        #expect(read.json?["associations"]?["deals"] == nil)
    }

    @Test mutating func `a merge takes the ties along`() {
        let other = self.portal.make("contacts", #""email":"bob@example.com""#)
        let kept = self.contact
        _ = self.put(279, self.companies[0])
        let merge = #"{"primaryObjectId":"\#(other)","objectIdToMerge":"\#(kept)"}"#
        let survivor = self.portal.send(.post, "/crm/v3/objects/contacts/merge", merge)
        let id = survivor.json?["id"]?.string ?? ""
        let path = "/crm/v4/objects/companies/\(self.companies[0])/associations/contacts"
        let ties = self.portal.send(.get, path).json?["results"]
        #expect(ties?.elements.map { "\($0["toObjectId"]?.integer ?? 0)" } == [id])
    }

    @Test mutating func `named from the company, a record still has one primary company`() {
        #expect(self.put(1, self.companies[0]) == 201)
        let path =
            "/crm/v4/objects/companies/\(self.companies[1])/associations/contacts/\(self.contact)"
        let kind = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":2}]"#
        #expect(self.portal.send(.put, path, kind).status == 201)
        #expect(
            self.ties() == ["\(self.companies[0]):[279]", "\(self.companies[1]):[1, 279]"]
        )
    }

    @Test mutating func `the first company is the primary one where the portal is set so`() {
        self.portal.mock.settings.firstCompanyIsPrimary = true
        #expect(self.put(279, self.companies[0]) == 201)
        #expect(self.put(279, self.companies[1]) == 201)
        #expect(
            self.ties() == ["\(self.companies[0]):[1, 279]", "\(self.companies[1]):[279]"]
        )
        let deal = self.portal.make("deals", #""dealname":"D","dealstage":"contractsent""#)
        let path =
            "/crm/v4/objects/companies/\(self.companies[0])/associations/default/deals/\(deal)"
        #expect(self.portal.send(.put, path).status == 200)
        let kinds = self.portal.send(
            .get,
            "/crm/v4/objects/deals/\(deal)/associations/companies"
        ).json?["results"]?[0]?["associationTypes"]
        #expect(kinds?.elements.compactMap { $0["typeId"]?.integer } == [5, 341])
    }

    @Test mutating func `a company can be the parent of another one`() {
        let path = "/crm/v4/objects/companies/\(self.companies[0])/associations/companies/"
        let kind = #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":13}]"#
        #expect(self.portal.send(.put, path + self.companies[1], kind).status == 201)
        let back = self.portal.send(
            .get,
            "/crm/v4/objects/companies/\(self.companies[1])/associations/companies"
        )
        let labels = back.json?["results"]?[0]?["associationTypes"]?.elements
            .compactMap { $0["label"]?.string }
        #expect(labels == ["Child Company"])
    }

    @Test(arguments: [("v4", 201, 204), ("2026-03", 201, 200), ("2026-09", 200, 200)])
    mutating func `each version has its own status for a batch of ties`(
        version: String,
        made: Int,
        archived: Int
    ) {
        let prefix = version == "v4" ? "/crm/v4/associations" : "/crm/associations/\(version)"
        let pair = #"{"from":{"id":"\#(self.contact)"},"to":{"id":"\#(self.companies[0])"}"#
        let types =
            #""types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}"#
        let batch = prefix + "/contacts/companies/batch/"
        let create = self.portal.send(.post, batch + "create", #"{"inputs":[\#(pair),\#(types)]}"#)
        #expect(create.status == made)
        let body =
            #"{"inputs":[{"from":{"id":"\#(self.contact)"},"to":[{"id":"\#(self.companies[0])"}]}]}"#
        let archive = self.portal.send(.post, batch + "archive", body)
        #expect(archive.status == archived)
        #expect((archive.json?["status"]?.string == "COMPLETE") == (archived == 200))
    }
}
