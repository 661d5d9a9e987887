package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// Builds HubSpot's requests as bytes; nothing here is sent.
package struct HubSpotRequests: Sendable {
    package let configuration: HubSpotConfiguration
    package let paths: HubSpotPaths

    package init(configuration: HubSpotConfiguration) {
        self.configuration = configuration
        self.paths = HubSpotPaths(version: configuration.apiVersion)
    }

    // MARK: - Sign-in and schema

    package func token(id: String, secret: String, refreshToken: String) -> HTTPRequest {
        self.form(
            [
                ("grant_type", "refresh_token"), ("client_id", id), ("client_secret", secret),
                ("refresh_token", refreshToken),
            ],
            to: self.paths.token
        )
    }

    package func account() -> HTTPRequest {
        HTTPRequest(method: .get, url: self.configuration.baseURL + self.paths.accountDetails)
    }

    package func properties(_ object: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: self.configuration.baseURL + self.paths.properties(object))
    }

    // MARK: - Reading

    /// One page of changes in id order: no offset, so no 10,000-result cap.
    ///
    /// `propertyNames`: `nil` asks for id and stamp only, when the body would be over
    /// HubSpot's 3,000 characters (docs/api-reference/latest/crm/search-the-crm).
    package func search(_ scan: FeedScan, propertyNames: [String]?) -> HTTPRequest {
        self.post(
            self.paths.objects(scan.object, "/search"),
            HubSpotQueries.changes(scan, propertyNames: propertyNames)
        )
    }

    /// Ids of records that hold one of the values, 200 a page.
    package func search(
        _ object: String,
        having property: String,
        _ values: [String],
        afterID: String?
    ) -> HTTPRequest {
        self.post(
            self.paths.objects(object, "/search"),
            HubSpotQueries.having(property, values, afterID: afterID)
        )
    }

    /// The record whose time in a property is the latest, with that property alone.
    package func newest(_ object: String, by property: String) -> HTTPRequest {
        self.post(self.paths.objects(object, "/search"), HubSpotQueries.newest(by: property))
    }

    /// One page of everything, strongly consistent; `after` is the vendor's own cursor.
    ///
    /// 100 a page: hubspot-api-python, hubspot/utils/objects.py, PAGE_MAX_SIZE. Only searches lag
    /// (docs/api-reference/latest/crm/search-the-crm). It is the one bulk read that brings ties along
    /// (docs/guides/crm/using-object-apis): `objects` at their other ends.
    package func list(
        _ scan: FeedScan,
        propertyNames: [String],
        tiedTo objects: [String] = []
    ) -> HTTPRequest {
        var query = "limit=100&properties=" + propertyNames.joined(separator: ",")
        if !objects.isEmpty { query += "&associations=" + objects.joined(separator: ",") }
        switch scan.continuation {
        case .locator(let after)?: query += "&after=\(Percent.form(after))"
        case .afterID(let id)?: query += "&after=\(Percent.form(id))"
        case nil: break
        }
        let path = self.paths.objects(scan.object)
        return HTTPRequest(method: .get, url: self.configuration.baseURL + path + "?" + query)
    }

    package func batchRead(
        _ object: String,
        ids: [String],
        idProperty: String?,
        propertyNames: [String],
        history: [String] = [],
        isArchived: Bool = false
    ) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.name("properties")
            root.array { list in for name in propertyNames { list.string(name) } }
            if !history.isEmpty {
                root.name("propertiesWithHistory")
                root.array { list in for name in history { list.string(name) } }
            }
            if let idProperty { root.member("idProperty", idProperty) }
            root.name("inputs")
            root.array { list in
                for id in ids { list.object { $0.member("id", id) } }
            }
        }
        let suffix = "/batch/read" + (isArchived ? "?archived=true" : "")
        return self.post(self.paths.objects(object, suffix), writer.bytes)
    }

    // MARK: - Writing

    /// One batch of one kind; every input carries its outbox entry's id as trace id
    /// (docs/api-reference/latest/error-handling: multi-status errors).
    package func write(_ batch: [RecordWrite]) -> HTTPRequest? {
        guard let first = batch.first else { return nil }
        let verb: String
        switch first.action {
        case .delete: return self.delete(batch.compactMap(\.deletedID), of: first.object)
        case .update: verb = "update"
        case .createByKey, .createWithoutKey: verb = "create"
        }
        var writer = JSONWriter(reserving: batch.count * 256)
        writer.object { root in
            root.name("inputs")
            root.array { inputs in
                for write in batch { inputs.object { Self.input(write, into: &$0) } }
            }
        }
        return self.post(self.paths.objects(first.object, "/batch/" + verb), writer.bytes)
    }

    private static func input(_ write: RecordWrite, into input: inout JSONWriter) {
        input.member("objectWriteTraceId", String(write.entryID))
        var key: (name: String, value: String)?
        switch write.action {
        case .update(let id): input.member("id", id)
        case .createByKey(let field, let value): key = (field, value)
        case .createWithoutKey, .delete: break
        }
        input.name("properties")
        input.object { properties in
            if let key { properties.member(key.name, key.value) }
            Self.write(write.fields.filter { $0.refersTo == nil }, into: &properties)
        }
        if !write.isUpdate { Self.writeTies(of: write, into: &input) }
    }

    /// The values of a record; blank clears
    /// (docs/api-reference/2026-03/crm/objects/contacts/batch/update-contacts).
    static func write(_ fields: [RecordWrite.Field], into properties: inout JSONWriter) {
        for field in fields {
            let text = Normalization.wireText(field.value, type: field.type, side: .hubspot)
            properties.member(field.name, text)
        }
    }

    // MARK: - Pieces

    /// Contacts are the one object whose clock is not `hs_lastmodifieddate`
    /// (docs/api-reference/2026-03/crm/search-the-crm: default properties).
    package static func stampProperty(_ object: String) -> String {
        object == "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate"
    }

    /// Mapped properties, the keys, and what tells about merges, without repetition.
    ///
    /// `hs_merged_object_ids`: changelog/updated-merge-functionality-for-contacts-and-companies.
    package static func propertyNames(_ mapping: ObjectMapping) -> [String] {
        var names = mapping.hubspotProperties.compactMap { $0?.name }
        names += mapping.hubspotKeyFields.values.sorted()
        names += [Self.stampProperty(mapping.hubspot.name), "hs_merged_object_ids"]
        var seen = Set<String>()
        return names.filter { seen.insert($0).inserted }
    }

    func post(_ path: String, _ body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: self.configuration.baseURL + path,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: body
        )
    }
}
