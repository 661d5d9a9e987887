package import CRMInterface
package import HTTPTransport
package import SyncCore
package import WireJSON

/// Reads what the org is made of. Values are copied out; no part of the reply's text outlives the
/// call.
extension SalesforceResponses {
    /// The body of a reply that succeeded.
    package static func body(
        _ response: HTTPResponse,
        _ version: SalesforceVersion
    ) throws(SyncError) -> JSON {
        guard (200..<300).contains(response.status) else {
            throw SalesforceFailures.error(response, version)
        }
        return try Self.json(response)
    }

    // MARK: - Objects

    package static func objects(_ json: JSON) throws(SyncError) -> [ObjectSummary] {
        guard let objects = json["sobjects"] else { throw SalesforceFailures.malformed() }
        return objects.elements.compactMap { object in
            guard let name = object["name"]?.string else { return nil }
            func flag(_ name: String) -> Bool { object[name]?.boolean == true }
            return ObjectSummary(
                name: name,
                label: object["label"]?.string ?? name,
                labelPlural: object["labelPlural"]?.string ?? name,
                typeID: object["keyPrefix"]?.string,
                isCustom: flag("custom"),
                isReadable: flag("queryable"),
                isWritable: flag("createable") && flag("updateable"),
                isDeletable: flag("deletable")
            )
        }
    }

    package static func object(_ json: JSON) throws(SyncError) -> ObjectMetadata {
        guard let name = json["name"]?.string, let fields = json["fields"] else {
            throw SalesforceFailures.malformed()
        }
        return ObjectMetadata(
            name: name,
            fields: fields.elements.compactMap(Self.metadata),
            recordTypes: json["recordTypeInfos"]?.elements.compactMap(Self.recordType) ?? []
        )
    }

    private static func metadata(_ json: JSON) -> ObjectMetadata.Field? {
        guard let field = Self.field(json), let type = json["type"]?.string else { return nil }
        func flag(_ name: String) -> Bool { json[name]?.boolean == true }
        let choices = json["picklistValues"]?.elements.compactMap { choice in
            choice["value"]?.string.map { value in
                ObjectMetadata.Choice(
                    value: value,
                    label: choice["label"]?.string ?? value,
                    isActive: choice["active"]?.boolean == true,
                    isDefault: choice["defaultValue"]?.boolean == true
                )
            }
        }
        return ObjectMetadata.Field(
            field,
            wireType: type,
            isCreateable: flag("createable"),
            isUpdateable: flag("updateable"),
            isCalculated: flag("calculated") || flag("autoNumber"),
            isKey: flag("externalId") || flag("idLookup"),
            isCustom: flag("custom"),
            references: json["referenceTo"]?.elements.compactMap(\.string) ?? [],
            relationship: json["relationshipName"]?.string,
            choices: choices ?? []
        )
    }

    private static func recordType(_ json: JSON) -> ObjectMetadata.RecordType? {
        guard let id = json["recordTypeId"]?.string else { return nil }
        let label = json["name"]?.string ?? id
        return ObjectMetadata.RecordType(
            id: SalesforceID.long(id),
            label: label,
            name: json["developerName"]?.string ?? label,
            isActive: json["active"]?.boolean == true,
            isAvailable: json["available"]?.boolean == true,
            isDefault: json["defaultRecordTypeMapping"]?.boolean == true,
            isMaster: json["master"]?.boolean == true
        )
    }

    /// The values of each picklist field under one record type.
    package static func picklists(
        _ json: JSON
    ) throws(SyncError) -> [String: [ObjectMetadata.Choice]] {
        guard let fields = json["picklistFieldValues"] else { throw SalesforceFailures.malformed() }
        var picklists: [String: [ObjectMetadata.Choice]] = [:]
        for (name, field) in fields.members {
            let usual = field["defaultValue"]?["value"]?.string
            picklists[name] = field["values"]?.elements.compactMap { choice in
                choice["value"]?.string.map { value in
                    ObjectMetadata.Choice(
                        value: value,
                        label: choice["label"]?.string ?? value,
                        isDefault: value == usual
                    )
                }
            }
        }
        return picklists
    }

    // MARK: - Account

    /// In the order of their names; apps' own shares inside `DailyApiRequests` are left out (REST
    /// API: resources_limits).
    package static func limits(_ json: JSON) throws(SyncError) -> [UsageLimit] {
        guard json.kind == .object else { throw SalesforceFailures.malformed() }
        return json.members.compactMap { name, limit in
            guard let max = limit["Max"]?.integer, let left = limit["Remaining"]?.integer,
                max >= 0, left >= 0
            else { return nil }
            // More may be left than the maximum where an allowance was just lowered.
            return UsageLimit(name: name, max: max, used: Swift.max(0, max - left))
        }.sorted { $0.name < $1.name }
    }

    package static func details(_ json: JSON) throws(SyncError) -> AccountDetails {
        guard let row = json["records"]?[0], let id = row["Id"]?.string else {
            throw SalesforceFailures.malformed()
        }
        return AccountDetails(
            id: SalesforceID.long(id),
            name: row["Name"]?.string,
            edition: row["OrganizationType"]?.string ?? "",
            isSandbox: row["IsSandbox"]?.boolean == true,
            timeZone: row["TimeZoneSidKey"]?.string,
            currency: row["DefaultCurrencyIsoCode"]?.string,
            host: row["InstanceName"]?.string
        )
    }

    // MARK: - Owners

    /// Users or queues: a queue's row has no `IsActive`.
    package static func owners(_ json: JSON) throws(SyncError) -> Paged<OwnerDescription> {
        guard let rows = json["records"] else { throw SalesforceFailures.malformed() }
        let owners = rows.elements.compactMap { row -> OwnerDescription? in
            guard let id = row["Id"]?.string else { return nil }
            let isActive = row["IsActive"]?.boolean
            return OwnerDescription(
                id: SalesforceID.long(id),
                name: row["Name"]?.string ?? id,
                email: row["Email"]?.string?.lowercased(),
                kind: isActive == nil ? .queue : .person,
                isActive: isActive ?? true
            )
        }
        return Paged(items: owners, next: try Self.next(json))
    }

    // MARK: - Stages

    /// Record types without their stages.
    package static func pipelines(_ json: JSON) throws(SyncError) -> [PipelineDescription] {
        guard let rows = json["records"] else { throw SalesforceFailures.malformed() }
        return rows.elements.compactMap { row in
            guard let id = row["Id"]?.string else { return nil }
            return PipelineDescription(
                id: SalesforceID.long(id),
                label: row["Name"]?.string ?? id,
                isActive: row["IsActive"]?.boolean == true,
                stages: []
            )
        }
    }

    /// Opportunities' stages; Salesforce keeps the probability in percent (jsforce's standard
    /// schema: OpportunityStage).
    package static func stages(_ json: JSON) throws(SyncError) -> [PipelineDescription.Stage] {
        guard let rows = json["records"] else { throw SalesforceFailures.malformed() }
        return rows.elements.compactMap { row in
            guard let name = row["ApiName"]?.string ?? row["MasterLabel"]?.string else {
                return nil
            }
            return PipelineDescription.Stage(
                id: name,
                label: row["MasterLabel"]?.string ?? name,
                isActive: row["IsActive"]?.boolean == true,
                isClosed: row["IsClosed"]?.boolean == true,
                probability: row["DefaultProbability"]?.double.map { String($0 / 100) }
            )
        }
    }

    // MARK: - Changes

    /// What getUpdated or getDeleted tells (SOAP API: getdeleted_getdeletedresult).
    package struct Replication: Sendable, Hashable {
        /// 18 characters each, in the order of the reply.
        package var ids: [String]
        /// The next start: what began before it and is not committed yet is in none of the ids.
        package var coveredUntil: ServerTime
        /// Before it deletes are no longer known: who needs them reads everything again.
        package var earliest: ServerTime?
    }

    package static func replication(_ json: JSON) throws(SyncError) -> Replication {
        func time(_ name: String) -> ServerTime? {
            json[name]?.bytes.flatMap { CivilTime.milliseconds($0[...]) }
                .map { ServerTime(milliseconds: $0) }
        }
        guard let list = json["ids"] ?? json["deletedRecords"],
            let covered = time("latestDateCovered")
        else { throw SalesforceFailures.malformed() }
        return Replication(
            ids: list.elements.compactMap { $0.string ?? $0["id"]?.string }
                .map(SalesforceID.long),
            coveredUntil: covered,
            earliest: time("earliestDateAvailable")
        )
    }
}
