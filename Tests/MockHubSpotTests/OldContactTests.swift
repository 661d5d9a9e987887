import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// Contacts, recent deals and the account under the first version, as hubspot3 3.2.56 calls them.
struct OldContactTests {
    private var portal = Portal()
    private let base = "/contacts/v1/"

    private mutating func make(_ name: String) -> Int64 {
        let body =
            #"{"properties":[{"property":"email","value":"\#(name)@x.invalid"},"#
            + #"{"property":"firstname","value":"\#(name)"}]}"#
        let reply = self.portal.send(.post, self.base + "contact", body)
        #expect(reply.status == 200)
        self.portal.now += 1_000
        return reply.json?["vid"]?.integer ?? 0
    }

    private static func vids(_ json: JSON?) -> [Int64] {
        json?["contacts"]?.elements.compactMap { $0["vid"]?.integer } ?? []
    }

    @Test mutating func `a contact is made, found by id and address, and told with its history`() {
        let id = self.make("ada")
        let body = #"{"properties":[{"property":"firstname","value":"Ada"}]}"#
        let path = self.base + "contact/vid/\(id)/profile"
        #expect(self.portal.send(.post, path, body).status == 204)
        for path in [path, self.base + "contact/email/Ada%40X.invalid/profile"] {
            let shown = self.portal.send(.get, path).json
            #expect(shown?["canonical-vid"]?.integer == id)
            #expect(shown?["portal-id"]?.integer == 9_900_001)
            let name = shown?["properties"]?["firstname"]
            #expect(name?["value"]?.string == "Ada")
            let versions = name?["versions"]?.elements.compactMap { $0["value"]?.string }
            #expect(versions == ["Ada", "ada"])
            #expect(name?["versions"]?[0]?["source-type"]?.string == "INTEGRATION")
            #expect(
                shown?["properties"]?["lastmodifieddate"]?["value"]?.string
                    == String(self.portal.now)
            )
            let identity = shown?["identity-profiles"]?[0]?["identities"]?[0]
            #expect(identity?["type"]?.string == "EMAIL")
            #expect(identity?["is-primary"]?.boolean == true)
        }
        let few = self.portal.send(.get, path + "?property=firstname&propertyMode=value_only").json
        #expect(few?["properties"]?["email"] == nil)
        #expect(few?["properties"]?["firstname"]?["versions"] == nil)
        #expect(few?["properties"]?["lastmodifieddate"] != nil)
    }

    @Test mutating func `one address is one contact`() {
        let id = self.make("ada")
        let body = #"{"properties":[{"property":"email","value":"ADA@x.invalid"}]}"#
        let refused = self.portal.send(.post, self.base + "contact", body)
        #expect(refused.status == 409)
        #expect(refused.json?["error"]?.string == "CONTACT_EXISTS")
        #expect(refused.json?["identityProfile"]?["vid"]?.integer == id)
        let path = self.base + "contact/createOrUpdate/email/"
        let city = #"{"properties":[{"property":"city","value":"Oslo"}]}"#
        let old = self.portal.send(.post, path + "ada%40x.invalid", city)
        #expect(old.json?["vid"]?.integer == id)
        #expect(old.json?["isNew"]?.boolean == false)
        let new = self.portal.send(.post, path + "bob%40x.invalid", city)
        #expect(new.json?["isNew"]?.boolean == true)
        let bad = #"{"properties":[{"property":"nope","value":"1"}]}"#
        let invalid = self.portal.send(.post, path + "bob%40x.invalid", bad)
        #expect(invalid.status == 400)
        #expect(
            invalid.json?["validationResults"]?[0]?["error"]?.string == "PROPERTY_DOESNT_EXIST"
        )
        #expect(self.portal.send(.post, self.base + "contact", "[]").status == 400)
    }

    @Test mutating func `a contact is deleted and merged`() {
        let ids = ["a", "b", "c"].map { self.make($0) }
        let gone = self.portal.send(.delete, self.base + "contact/vid/\(ids[2])")
        #expect(gone.json?["deleted"]?.boolean == true)
        #expect(gone.json?["reason"]?.string == "OK")
        let profile = self.base + "contact/vid/\(ids[2])/profile"
        #expect(self.portal.send(.get, profile).status == 404)
        #expect(self.portal.send(.delete, self.base + "contact/vid/\(ids[2])").status == 404)
        let body = #"{"vidToMerge":\#(ids[1])}"#
        let path = self.base + "contact/merge-vids/\(ids[0])/"
        let merged = self.portal.raw(.post, path, body)
        #expect(merged?.status == 200)
        #expect(merged.map { String(decoding: $0.body, as: UTF8.self) } == "SUCCESS")
        let shown = self.portal.send(.get, self.base + "contact/vid/\(ids[1])/profile").json
        #expect(shown?["merged-vids"]?.elements.compactMap(\.integer) == [ids[0], ids[1]])
        let identities = shown?["identity-profiles"]?[0]?["identities"]?.elements ?? []
        #expect(identities.contains { $0["is-secondary"]?.boolean == true })
        #expect(self.portal.send(.post, path, #"{"vidToMerge":7}"#).status == 404)
    }

    @Test mutating func `all contacts come in pages, recent ones from the newest on`() {
        let ids = ["a", "b", "c"].map { self.make($0) }
        let edit = #"{"properties":[{"property":"city","value":"Oslo"}]}"#
        _ = self.portal.send(.post, self.base + "contact/vid/\(ids[0])/profile", edit)
        func pages(_ path: String) -> [Int64] {
            var (vids, query): ([Int64], String) = ([], "")
            for _ in 1...5 {
                let page = self.portal.send(.get, self.base + path + "?count=2" + query).json
                vids += Self.vids(page)
                let vid = page?["vid-offset"]?.integer ?? 0
                query = "&vidOffset=\(vid)"
                if let time = page?["time-offset"]?.integer { query += "&timeOffset=\(time)" }
                guard page?["has-more"]?.boolean == true else { break }
            }
            return vids
        }
        #expect(pages("lists/all/contacts/all") == ids)
        #expect(pages("lists/all/contacts/recent") == ids.reversed())
        #expect(pages("lists/recently_updated/contacts/recent") == [ids[0], ids[2], ids[1]])
        let shown = self.portal.send(.get, self.base + "lists/all/contacts/all").json
        let names = shown?["contacts"]?[0]?["properties"]?.members.map(\.0)
        #expect(names == ["firstname", "lastmodifieddate"])
        let made =
            self.portal.send(
                .post,
                "/crm/v3/lists",
                #"{"name":"L","objectTypeId":"0-1","processingType":"MANUAL"}"#
            ).json?["list"]?["listId"]?.string ?? ""
        let add = #"["\#(ids[1])"]"#
        _ = self.portal.send(.put, "/crm/v3/lists/\(made)/memberships/add", add)
        #expect(pages("lists/\(made)/contacts/all") == [ids[1]])
        #expect(self.portal.send(.get, self.base + "lists/999/contacts/all").status == 404)
        self.portal.now += 31 * 86_400_000
        #expect(pages("lists/recently_updated/contacts/recent") == [])
    }

    @Test mutating func `contacts are found by ids and by parts of words`() {
        let ids = ["ada", "adam", "bob"].map { self.make($0) }
        self.portal.now += 10_000
        let query = "?vid=\(ids[0])&vid=\(ids[2])&vid=7&property=email"
        let batch = self.portal.send(.get, self.base + "contact/vids/batch" + query).json
        #expect(batch?.members.map(\.0) == [String(ids[0]), String(ids[2])])
        let first = self.portal.send(.get, self.base + "search/query?q=ada&count=1").json
        #expect(first?["total"]?.integer == 2)
        #expect(first?["has-more"]?.boolean == true)
        let next = first?["offset"]?.integer ?? 0
        let second = self.portal.send(.get, self.base + "search/query?q=ada&offset=\(next)").json
        #expect(Self.vids(first) + Self.vids(second) == [ids[0], ids[1]])
    }

    @Test mutating func `recent deals come newest first, and the account tells of itself`() {
        let fields = #""dealname":"D","dealstage":"contractsent""#
        let ids = (1...3).map { _ in
            self.portal.now += 1_000
            return self.portal.make("deals", fields)
        }
        self.portal.now += 1_000
        let edit = #"{"properties":{"amount":"1"}}"#
        _ = self.portal.send(.patch, "/crm/v3/objects/deals/\(ids[0])", edit)
        func recent(_ path: String) -> [String] {
            let page = self.portal.send(.get, "/deals/v1/deal/recent/" + path).json
            return page?["results"]?.elements.compactMap { $0["dealId"]?.numberText } ?? []
        }
        #expect(recent("created") == ids.reversed())
        #expect(recent("modified") == [ids[0], ids[2], ids[1]])
        #expect(recent("modified?count=1&offset=1") == [ids[2]])
        #expect(recent("created?since=\(self.portal.now - 1_500)") == [ids[2]])
        let limit = self.portal.send(.get, "/integrations/v1/limit/daily").json?[0]
        #expect(limit?["usageLimit"]?.integer == 625_000)
        #expect((limit?["currentUsage"]?.integer ?? 0) > 0)
        #expect((limit?["resetsAt"]?.integer ?? 0) > self.portal.now)
        let me = self.portal.send(.get, "/integrations/v1/me").json
        #expect(me?["portalId"]?.integer == 9_900_001)
        #expect(me?["currency"]?.string == "USD")
        #expect(self.portal.send(.get, "/integrations/v1/nothing").status == 404)
    }
}
