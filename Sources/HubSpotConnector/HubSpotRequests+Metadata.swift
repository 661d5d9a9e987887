import CRMInterface
package import HTTPTransport
import SyncCore
import WireJSON

/// What the portal is made of. Each is one call.
extension HubSpotRequests {
    // MARK: - Objects

    /// The custom object types; standard ones are in no list (OpenAPI:
    /// CRM/Schemas/Rollouts/145900).
    package func objects() -> HTTPRequest { self.get(self.paths.schemas) }

    /// One object's properties with their options, all at once.
    ///
    /// `isArchived`: those that were deleted, and can come back. No pages (OpenAPI:
    /// CRM/Properties/Rollouts/145899).
    package func object(_ name: String, isArchived: Bool = false) -> HTTPRequest {
        self.get(self.paths.properties(name) + (isArchived ? "?archived=true" : ""))
    }

    /// One object type, standard ones too, with what it may be tied to (recorded:
    /// read/schemas/contacts.json).
    package func schema(_ name: String) -> HTTPRequest { self.get(self.paths.schemas + "/" + name) }

    // MARK: - Account

    /// The day's calls of all private apps; `collectedAt` tells how old the count is.
    ///
    /// OpenAPI: Account/Account Info/Rollouts/144923. The headers of replies tell them for nothing.
    package func limits() -> HTTPRequest { self.get(self.paths.dailyUsage) }

    // MARK: - Owners

    /// Owners, 500 a page; who has left is in the archived ones only (OpenAPI: CRM/Crm
    /// Owners/Rollouts/146888; that 500 is the most is not documented).
    ///
    /// `next`: what the page before said of this one.
    package func owners(next: String? = nil, isArchived: Bool = false) -> HTTPRequest {
        self.get(
            self.paths.owners + "?limit=500&archived=\(isArchived)" + Self.after(next)
        )
    }

    // MARK: - Stages

    /// An object's pipelines with their stages, all at once (OpenAPI:
    /// CRM/Pipelines/Rollouts/145896).
    package func pipelines(of object: String) -> HTTPRequest {
        self.get(self.paths.pipelines + "/" + object)
    }

    // MARK: - Lists

    /// Lists (segments) whose names hold a text, 500 a page
    /// (docs/api-reference/latest/crm/lists/guide).
    ///
    /// `next`: what the page before said of this one; it counts lists.
    package func lists(named text: String = "", next: String? = nil) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("query", text)
            root.member("count", 500)
            root.member("offset", next.flatMap { Int($0) } ?? 0)
            root.name("additionalProperties")
            root.array { $0.string("hs_list_size") }
        }
        return self.post(self.paths.lists + "/search", writer.bytes)
    }

    /// One list (docs/api-reference/latest/crm/lists/guide).
    package func list(_ id: String) -> HTTPRequest { self.get(self.paths.lists + "/" + id) }

    /// The members of a list, 250 a page, by id or by when they joined (OpenAPI:
    /// CRM/Lists/Rollouts/144891).
    package func members(of list: String, next: String? = nil, byTime: Bool = false) -> HTTPRequest
    {
        let order = byTime ? "/join-order" : ""
        return self.get(
            self.paths.lists + "/\(list)/memberships\(order)?limit=250" + Self.after(next)
        )
    }

    /// The lists that each of at most 100 records is in: one call decides inclusion for many
    /// (docs/api-reference/2026-03/crm/lists/memberships/get-memberships-batch; the bound is not
    /// told).
    package func lists(ofRecords ids: [String], typeID: String) -> HTTPRequest {
        var writer = JSONWriter(reserving: ids.count * 48)
        writer.object { root in
            root.name("inputs")
            root.array { inputs in
                for id in ids.prefix(100) {
                    inputs.object { input in
                        input.member("objectTypeId", typeID)
                        input.member("recordId", id)
                    }
                }
            }
        }
        return self.post(self.paths.lists + "/records/memberships/batch/read", writer.bytes)
    }

    // MARK: - Pieces

    func get(_ path: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: self.configuration.baseURL + path)
    }

    static func after(_ next: String?) -> String {
        next.map { "&after=" + Percent.form($0) } ?? ""
    }
}
