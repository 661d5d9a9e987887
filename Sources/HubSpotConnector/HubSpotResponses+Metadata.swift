package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads what the portal is made of. Values are copied out; no part of the reply's text outlives
/// the call.
extension HubSpotResponses {
    /// The body of a reply that succeeded.
    package static func body(
        _ response: HTTPResponse,
        _ version: HubSpotVersion
    ) throws(SyncError) -> JSON {
        guard (200..<300).contains(response.status) else {
            throw HubSpotFailures.error(response, version)
        }
        return try Self.json(response)
    }

    // MARK: - Objects

    package static func objects(_ json: JSON) throws(SyncError) -> [ObjectSummary] {
        guard let schemas = json["results"] else { throw HubSpotFailures.malformed() }
        return schemas.elements.compactMap(Self.summary)
    }

    /// One object type: the answer to `HubSpotRequests.schema`.
    package static func summary(_ schema: JSON) -> ObjectSummary? {
        guard let name = schema["name"]?.string else { return nil }
        let id = schema["objectTypeId"]?.string
        let isLive = schema["archived"]?.boolean != true
        return ObjectSummary(
            // Paths take the full name of a custom type, which no other type can have
            // (docs/api-reference/latest/crm/understanding-the-crm).
            name: schema["fullyQualifiedName"]?.string ?? name,
            label: schema["labels"]?["singular"]?.string ?? name,
            labelPlural: schema["labels"]?["plural"]?.string ?? name,
            typeID: id,
            isCustom: schema["metaType"]?.string == "PORTAL_SPECIFIC"
                || id?.hasPrefix("2-") == true,
            isReadable: isLive,
            isWritable: isLive,
            isDeletable: isLive
        )
    }

    /// What can be synced of them: archived types keep their names, and have no records.
    static func customObjects(_ json: JSON) throws(SyncError) -> [CustomObject] {
        guard let schemas = json["results"] else { throw HubSpotFailures.malformed() }
        return schemas.elements.compactMap { schema in
            guard let name = schema["name"]?.string, schema["archived"]?.boolean != true,
                let typeID = schema["objectTypeId"]?.string ?? schema["id"]?.string
            else { return nil }
            return CustomObject(
                name: name,
                fullName: schema["fullyQualifiedName"]?.string ?? name,
                typeID: typeID,
                singular: schema["labels"]?["singular"]?.string ?? name,
                plural: schema["labels"]?["plural"]?.string ?? name,
                shownBy: schema["primaryDisplayProperty"]?.string,
                needs: schema["requiredProperties"]?.elements.compactMap(\.string) ?? []
            )
        }
    }

    package static func object(_ json: JSON, name: String) throws(SyncError) -> ObjectMetadata {
        guard let properties = json["results"] else { throw HubSpotFailures.malformed() }
        let described = try Self.description(json, object: name).fields
        var fields: [ObjectMetadata.Field] = []
        fields.reserveCapacity(described.count)
        // Both skip what has no name, in the order of the reply.
        let named = properties.elements.filter { $0["name"]?.string != nil }
        for (field, property) in zip(described, named) {
            fields.append(Self.metadata(field, property, object: name))
        }
        return ObjectMetadata(name: name, fields: fields)
    }

    private static func metadata(
        _ field: ObjectDescription.Field,
        _ json: JSON,
        object: String
    ) -> ObjectMetadata.Field {
        func flag(_ name: String) -> Bool { json[name]?.boolean == true }
        let words = [json["type"]?.string, json["fieldType"]?.string].compactMap { $0 }
        let choices = json["options"]?.elements.compactMap { option in
            option["value"]?.string.map { value in
                ObjectMetadata.Choice(
                    value: value,
                    label: option["label"]?.string ?? value,
                    isActive: option["hidden"]?.boolean != true
                )
            }
        }
        return ObjectMetadata.Field(
            field,
            wireType: words.joined(separator: "/"),
            isCreateable: field.shape.isWritable,
            isUpdateable: field.shape.isWritable,
            isCalculated: flag("calculated"),
            isKey: field.isUnique || (object == "contacts" && field.name == "email"),
            isCustom: json["hubspotDefined"]?.boolean == false,
            references: json["referencedObjectType"]?.string.map { [$0] } ?? [],
            choices: choices ?? []
        )
    }

    // MARK: - Account

    /// OpenAPI: Account/Account Info/Rollouts/144923, daily usage of private apps.
    package static func limits(_ json: JSON) throws(SyncError) -> [UsageLimit] {
        guard let rows = json["results"] else { throw HubSpotFailures.malformed() }
        return rows.elements.compactMap { row in
            guard let max = row["usageLimit"]?.integer, let used = row["currentUsage"]?.integer
            else { return nil }
            return UsageLimit(name: row["name"]?.string ?? "", max: max, used: used)
        }.sorted { $0.name < $1.name }
    }

    package static func details(_ json: JSON) throws(SyncError) -> AccountDetails {
        guard let portal = json["portalId"]?.integer else { throw HubSpotFailures.malformed() }
        let kind = json["accountType"]?.string ?? ""
        return AccountDetails(
            id: String(portal),
            name: json["portalName"]?.string,
            edition: kind,
            isSandbox: kind != "STANDARD",
            timeZone: json["timeZone"]?.string,
            currency: json["companyCurrency"]?.string,
            host: json["dataHostingLocation"]?.string
        )
    }

    // MARK: - Owners

    /// OpenAPI: CRM/Crm Owners/Rollouts/146888: `userId` of who is there, `userIdIncludingInactive`
    /// of who has left.
    package static func owners(_ json: JSON) throws(SyncError) -> Paged<OwnerDescription> {
        guard let rows = json["results"] else { throw HubSpotFailures.malformed() }
        let owners = rows.elements.compactMap { row -> OwnerDescription? in
            guard let id = HubSpotID.text(row["id"]) else { return nil }
            let names = [row["firstName"]?.string, row["lastName"]?.string].compactMap { $0 }
            let email = row["email"]?.string?.lowercased()
            let isArchived = row["archived"]?.boolean == true
            return OwnerDescription(
                id: id,
                userID: HubSpotID.text(row["userId"] ?? row["userIdIncludingInactive"]),
                name: names.isEmpty ? email ?? id : names.joined(separator: " "),
                email: email,
                kind: row["type"]?.string == "QUEUE" ? .queue : .person,
                isActive: !isArchived
            )
        }
        return Paged(items: owners, next: Self.next(json))
    }

    // MARK: - Stages

    package static func pipelines(_ json: JSON) throws(SyncError) -> [PipelineDescription] {
        guard let rows = json["results"] else { throw HubSpotFailures.malformed() }
        return Self.ordered(rows.elements).compactMap { row in
            guard let id = row["id"]?.string else { return nil }
            return PipelineDescription(
                id: id,
                label: row["label"]?.string ?? id,
                isActive: row["archived"]?.boolean != true,
                stages: Self.ordered(row["stages"]?.elements ?? []).compactMap(Self.stage)
            )
        }
    }

    /// `metadata` holds text: `"isClosed":"true"` of deals, `"ticketState":"CLOSED"` of tickets
    /// (docs/api-reference/legacy/crm/pipelines/get-pipelines).
    private static func stage(_ json: JSON) -> PipelineDescription.Stage? {
        guard let id = json["id"]?.string else { return nil }
        let metadata = json["metadata"]
        let closed = metadata?["isClosed"]
        return PipelineDescription.Stage(
            id: id,
            label: json["label"]?.string ?? id,
            isActive: json["archived"]?.boolean != true,
            isClosed: closed?.string == "true" || closed?.boolean == true
                || metadata?["ticketState"]?.string == "CLOSED",
            probability: metadata?["probability"].flatMap { $0.string ?? $0.numberText }
        )
    }

    private static func ordered(_ rows: [JSON]) -> [JSON] {
        let placed = rows.enumerated().map { (place: $0.element["displayOrder"]?.integer, $0) }
        return placed.sorted { left, right in
            (left.place ?? .max, left.1.offset) < (right.place ?? .max, right.1.offset)
        }.map(\.1.element)
    }

    // MARK: - Lists

    /// A list (segment) as a person chooses it.
    package struct List: Sendable, Hashable {
        package var id: String
        package var name: String
        /// The type id of its members: `0-1`.
        package var typeID: String
        /// Whether HubSpot fills it by conditions: then nobody else may.
        package var isDynamic: Bool
        /// How many members it has, where the reply tells.
        package var size: Int64?
    }

    package static func lists(_ json: JSON) throws(SyncError) -> Paged<List> {
        guard let rows = json["lists"] else { throw HubSpotFailures.malformed() }
        let lists = rows.elements.compactMap { row -> List? in
            guard let id = HubSpotID.text(row["listId"]) else { return nil }
            let size = row["additionalProperties"]?["hs_list_size"] ?? row["size"]
            return List(
                id: id,
                name: row["name"]?.string ?? id,
                typeID: row["objectTypeId"]?.string ?? "",
                isDynamic: row["processingType"]?.string == "DYNAMIC",
                size: size?.integer
            )
        }
        let hasMore = json["hasMore"]?.boolean == true && !rows.elements.isEmpty
        return Paged(items: lists, next: hasMore ? json["offset"]?.numberText : nil)
    }

    package static func members(_ json: JSON) throws(SyncError) -> Paged<SegmentMember> {
        guard let rows = json["results"] else { throw HubSpotFailures.malformed() }
        let members = rows.elements.compactMap { row -> SegmentMember? in
            guard let id = HubSpotID.text(row["recordId"]) else {
                return nil
            }
            let joined = row["membershipTimestamp"]?.bytes
                .flatMap { CivilTime.milliseconds($0[...]) }
            return SegmentMember(id: id, joined: joined.map { ServerTime(milliseconds: $0) })
        }
        return Paged(items: members, next: Self.next(json))
    }

    /// The lists of each record; a record in none may be missing
    /// (docs/api-reference/latest/crm/lists/memberships/get-memberships-batch).
    package static func listsOfRecords(_ json: JSON) throws(SyncError) -> [String: [String]] {
        guard let rows = json["results"] else { throw HubSpotFailures.malformed() }
        var lists: [String: [String]] = [:]
        for row in rows.elements {
            guard let id = HubSpotID.text(row["recordId"]) else { continue }
            lists[id] = row["recordListMemberships"]?.elements.compactMap { list in
                HubSpotID.text(list["listId"])
            }
        }
        return lists
    }
}
