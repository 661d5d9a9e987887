import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Layouts, list views and the UI API's objects, which are all made of describe.
@Suite struct LayoutTests {
    private static let master = "012000000000000AAA"

    private static func names(_ json: JSON?) -> Set<String> {
        Set(json?.members.map(\.name) ?? [])
    }

    /// The fields of a layout's sections, in their order.
    private static func fields(_ sections: JSON?) -> [String] {
        let rows = sections?.elements.flatMap { $0["layoutRows"]?.elements ?? [] } ?? []
        return rows.flatMap { $0["layoutItems"]?.elements ?? [] }.flatMap {
            $0["layoutComponents"]?.elements.compactMap { $0["value"]?.string } ?? []
        }
    }

    private static func hiding(_ field: String) -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.permissions = MockSalesforcePermissions(
            profiles: [
                .administrator, MockSalesforceProfile(name: "Sync", hiddenFields: [field]),
            ],
            profileByUser: [MockSalesforceCredential.standard.userID: "Sync"]
        )
        return Rehearsal(settings)
    }

    @Test func `a layout has the members of the guide and the fields of describe`() throws {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.get, "/sobjects/Contact/describe/layouts").json
        #expect(
            Self.names(reply) == ["layouts", "recordTypeMappings", "recordTypeSelectorRequired"]
        )
        let layout = try #require(reply["layouts"]?[0])
        let members = """
            buttonLayoutSection detailLayoutSections editLayoutSections feedView \
            highlightsPanelLayoutSection id multirowEditLayoutSections offlineLinks \
            quickActionList relatedContent relatedLists saveOptions
            """
        #expect(Self.names(layout) == Set(members.split(separator: " ").map(String.init)))
        let edited = Self.fields(layout["editLayoutSections"])
        for name in ["Name", "Email", "MailingAddress", "AccountId"] {
            #expect(edited.contains(name), "\(name)")
        }
        // Parts stand below their compound, and nobody edits who made the record.
        #expect(!edited.contains("LastName") && !edited.contains("MailingCity"))
        #expect(!edited.contains("CreatedById"))
        #expect(Self.fields(layout["detailLayoutSections"]).contains("CreatedById"))
        let mapping = try #require(reply["recordTypeMappings"]?[0])
        #expect(mapping["layoutId"]?.string == layout["id"]?.string)
        #expect(mapping["recordTypeId"]?.string == Self.master)
        let url = try #require(mapping["urls"]?["layout"]?.string)
        let path = String(url.dropFirst("/services/data/v62.0".count))
        #expect(rehearsal.send(.get, path).json["id"]?.string == layout["id"]?.string)
        #expect(rehearsal.send(.get, "/sobjects/Contact/describe/layouts/0120000").status == 404)
        #expect(rehearsal.send(.get, "/sobjects/LeadStatus/describe/layouts").status == 404)
        #expect(rehearsal.send(.post, "/sobjects/Contact/describe/layouts", "{}").status == 405)
    }

    @Test func `an object of several record types has its layouts under theirs`() throws {
        var settings = MockSalesforceSettings()
        settings.recordTypes = [
            MockSalesforceRecordType(object: "Contact", name: "Big Fish", isDefault: true)
        ]
        var rehearsal = Rehearsal(settings)
        let path = "/sobjects/Contact/describe/"
        let reply = rehearsal.send(.get, path + "layouts").json
        #expect(reply["layouts"]?.isNull == true)
        let types = reply["recordTypeMappings"]?.elements ?? []
        #expect(types.map { $0["developerName"]?.string } == ["Big_Fish", "Master"])
        #expect(types.map { $0["defaultRecordTypeMapping"]?.boolean } == [true, false])
        let id = try #require(types[0]["recordTypeId"]?.string)
        #expect(rehearsal.send(.get, path + "layouts/" + id).status == 200)
        let compact = rehearsal.send(.get, path + "compactLayouts").json
        let mappings = compact["recordTypeCompactLayoutMappings"]?.elements ?? []
        #expect(mappings.map { $0["recordTypeId"]?.string } == [id, Self.master])
        #expect(mappings.allSatisfy { $0["compactLayoutId"]?.isNull == true })
        #expect(rehearsal.send(.get, path + "compactLayouts/" + id).status == 200)
    }

    @Test func `nobody has made a compact layout, the system's own shows the name first`() {
        var rehearsal = Rehearsal()
        let path = "/sobjects/Account/describe/compactLayouts"
        let reply = rehearsal.send(.get, path).json
        #expect(reply["compactLayouts"]?.elements.isEmpty == true)
        #expect(reply["defaultCompactLayoutId"]?.isNull == true)
        #expect(reply["urls"]?["primary"]?.string == "/services/data/v62.0\(path)/primary")
        let primary = rehearsal.send(.get, path + "/primary").json
        #expect(primary["name"]?.string == "SYSTEM")
        let first = primary["fieldItems"]?[0]?["layoutComponents"]?[0]
        #expect(first?["value"]?.string == "Name")
        #expect(first?["details"]?["length"]?.integer == 255)
    }

    @Test func `a list view tells its columns and its query, and gives its records`() throws {
        var rehearsal = Rehearsal()
        for name in ["Bolt", "Acme", "Cube"] {
            _ = try rehearsal.seed("Account", [("Name", name), ("Type", "Prospect")])
        }
        let list = rehearsal.send(.get, "/sobjects/Account/listviews").json
        #expect(list["size"]?.integer == 2)
        let views = list["listviews"]?.elements ?? []
        #expect(views.map { $0["developerName"]?.string } == ["AllAccounts", "NewThisWeek"])
        func ask(_ url: JSON?, _ query: String = "") -> JSON {
            let path = (url?.string ?? "").dropFirst("/services/data/v62.0".count)
            return rehearsal.send(.get, String(path) + query).json
        }
        let week = ask(views[1]["describeUrl"])
        #expect(week["whereCondition"]?["values"]?[0]?.string == "THIS_WEEK")
        let query = try #require(week["query"]?.string)
        #expect(rehearsal.query(query).json["totalSize"]?.integer == 3)
        #expect(ask(views[0]["url"])["id"]?.string == views[0]["id"]?.string)
        let page = ask(views[0]["resultsUrl"], "?limit=2&offset=1")
        #expect(page["size"]?.integer == 2 && page["done"]?.boolean == true)
        let columns = page["records"]?[0]?["columns"]?.elements ?? []
        #expect(columns[0]["fieldNameOrPath"]?.string == "Name")
        #expect(columns[0]["value"]?.string == "Bolt")
        let created = columns.first { $0["fieldNameOrPath"]?.string == "CreatedDate" }
        #expect(created?["value"]?.string == "Mon Sep 21 14:13:20 GMT 2026")
        rehearsal.now += 8 * 86_400_000
        #expect(ask(views[1]["resultsUrl"])["size"]?.integer == 0)
        for path in ["/results?limit=2001", "/results?limit=0", "/results?offset=x"] {
            let id = views[0]["id"]?.string ?? ""
            let refused = rehearsal.send(.get, "/sobjects/Account/listviews/\(id)\(path)")
            #expect(refused.errorCode == "INVALID_FIELD", "\(path)")
        }
        #expect(rehearsal.send(.get, "/sobjects/Account/listviews/00B000000000000").status == 404)
        #expect(rehearsal.send(.get, "/sobjects/CaseStatus/listviews").status == 404)
    }

    @Test func `the UI API tells an object in the words of its own`() throws {
        var rehearsal = Rehearsal()
        let info = rehearsal.send(.get, "/ui-api/object-info/Contact").json
        // ObjectInfoRepresentation of the vendor's tools.
        let members = """
            apiName associateEntityType associateParentEntity childRelationships \
            compactLayoutable createable custom defaultRecordTypeId deletable dependentFields \
            eTag feedEnabled fields keyPrefix label labelPlural layoutable mruEnabled \
            nameFields queryable recordTypeInfos searchLayoutable searchable themeInfo updateable
            """
        #expect(Self.names(info) == Set(members.split(separator: " ").map(String.init)))
        #expect(info["nameFields"]?.elements.map(\.string) == ["FirstName", "LastName", "Name"])
        #expect(info["defaultRecordTypeId"]?.string == Self.master)
        #expect(info["recordTypeInfos"]?[Self.master]?["master"]?.boolean == true)
        let fields = try #require(info["fields"])
        #expect(fields["LastName"]?["compoundComponentName"]?.string == "LastName")
        #expect(fields["LastName"]?["required"]?.boolean == true)
        #expect(fields["MailingAddress"]?["compound"]?.boolean == true)
        #expect(fields["Email"]?["dataType"]?.string == "Email")
        let target = fields["AccountId"]?["referenceToInfos"]?[0]
        #expect(target?["apiName"]?.string == "Account")
        #expect(target?["nameFields"]?.elements.map(\.string) == ["Name"])
        #expect(rehearsal.send(.get, "/ui-api/object-info/Nope").status == 404)
        #expect(rehearsal.send(.post, "/ui-api/object-info/Contact", "{}").status == 405)
    }

    @Test func `what the user may not see is on none of them`() throws {
        var rehearsal = Self.hiding("Contact.Salutation")
        let layouts = rehearsal.send(.get, "/sobjects/Contact/describe/layouts").text
        #expect(layouts.contains("\"Email\"") && layouts.contains("\"Salutation\""))
        rehearsal = Self.hiding("Contact.Email")
        _ = try rehearsal.seed("Contact", [("LastName", "Roux"), ("Email", "a@b.example")])
        for path in [
            "/sobjects/Contact/describe/layouts",
            "/sobjects/Contact/describe/compactLayouts/primary",
            "/ui-api/object-info/Contact",
        ] {
            let reply = rehearsal.send(.get, path)
            #expect(reply.status == 200, "\(path)")
            #expect(!reply.text.contains("\"Email\""), "\(path)")
        }
        let list = rehearsal.send(.get, "/sobjects/Contact/listviews").json
        let id = try #require(list["listviews"]?[0]?["id"]?.string)
        let results = rehearsal.send(.get, "/sobjects/Contact/listviews/\(id)/results")
        #expect(results.json["size"]?.integer == 1)
        #expect(!results.text.contains("a@b.example"))
    }
}
