import CRMInterface
package import HTTPTransport
package import SyncCore

/// What the org is made of. Each is one call; several go into one by `composite(gets:)`.
extension SalesforceRequests {
    // MARK: - Objects

    /// Every object that the integration user may see (REST API: resources_describeGlobal).
    package func objects() -> HTTPRequest { self.get(self.paths.objects) }

    /// One object with fields, picklists and record types.
    ///
    /// `changedSince`: answers 304 without a body where nothing of it has changed (REST API:
    /// resources_sobject_describe; recorded, in Composites too).
    package func object(_ name: String, changedSince: String? = nil) -> HTTPRequest {
        var request = self.get(self.paths.describe(name))
        if let changedSince {
            request.headers.append(HTTPHeader("If-Modified-Since", changedSince))
        }
        return request
    }

    /// The values of each picklist that a record type offers (UI API).
    ///
    /// Describe tells the values of the whole object only.
    package func picklists(of object: String, recordType: String) -> HTTPRequest {
        self.get(self.paths.picklists(object, recordType))
    }

    // MARK: - Account

    /// The org's allowances, up to five minutes old; needs "View Setup and Configuration".
    ///
    /// REST API: resources_limits. The header of any reply tells the calls for nothing.
    package func limits() -> HTTPRequest { self.get(self.paths.limits) }

    package func account() -> HTTPRequest {
        self.query("SELECT \(Self.accountFields) FROM Organization")
    }

    private static let accountFields =
        "Id,Name,OrganizationType,IsSandbox,InstanceName,TimeZoneSidKey"

    // MARK: - Rights

    /// The org with the end of its trial; sandboxes and orgs that are paid for have none.
    static let trialQuery = "SELECT \(Self.accountFields),TrialExpirationDate FROM Organization"

    /// What the signed-in user may do on the whole org: one row, whatever profile or set it comes from
    /// (Object Reference: UserPermissionAccess).
    static let userRightsQuery =
        "SELECT \(Self.userRights.joined(separator: ",")) FROM UserPermissionAccess LIMIT 1"

    /// The rights that syncing looks at, as columns.
    static let userRights = [
        "PermissionsApiEnabled", "PermissionsViewSetup", "PermissionsViewAllData",
        "PermissionsModifyAllData",
    ]

    /// Of these objects those of which a user sees all records, whoever owns them (Object Reference:
    /// ObjectPermissions; "Modify All" contains "View All").
    static func sharedObjects(_ names: [String], user: String) -> String {
        let list = names.map { "'\(SalesforceQueries.escaped($0))'" }.joined(separator: ",")
        return "SELECT SobjectType FROM ObjectPermissions WHERE PermissionsViewAllRecords = true "
            + "AND SobjectType IN (\(list)) AND ParentId IN (SELECT PermissionSetId FROM "
            + "PermissionSetAssignment WHERE AssigneeId = '\(SalesforceQueries.escaped(user))')"
    }

    /// The fields of an object that the org has.
    ///
    /// Object Reference: FieldDefinition. Whether it shows those that the user may not read is not told; where it does
    /// not, they are taken for missing.
    static func definitions(of object: String) -> String {
        "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = "
            + "'\(SalesforceQueries.escaped(object))'"
    }

    // MARK: - Owners

    /// Users, the inactive ones too: records keep them as owners.
    ///
    /// `next`: where the page before said that this one is.
    package func owners(next: String? = nil) -> HTTPRequest {
        if let next { return self.get(next) }
        return self.query("SELECT Id,Name,Email,IsActive FROM User ORDER BY Id")
    }

    /// Queues: groups that own leads, cases and custom objects.
    package func queues(next: String? = nil) -> HTTPRequest {
        if let next { return self.get(next) }
        return self.query("SELECT Id,Name,Email FROM Group WHERE Type = 'Queue' ORDER BY Id")
    }

    // MARK: - Stages

    /// What corresponds to pipelines: an object's record types.
    package func pipelines(of object: String) -> HTTPRequest {
        self.query(
            "SELECT Id,Name,DeveloperName,IsActive FROM RecordType WHERE SobjectType = "
                + "'\(SalesforceQueries.escaped(object))' ORDER BY Id"
        )
    }

    /// The stages of opportunities, of all record types; `picklists` tells which of them one
    /// offers.
    package func stages() -> HTTPRequest {
        self.query(
            "SELECT ApiName,MasterLabel,IsActive,IsClosed,IsWon,DefaultProbability "
                + "FROM OpportunityStage ORDER BY SortOrder"
        )
    }

    // MARK: - Changes

    /// The ids of what was created or changed in a time; seconds count for nothing on either end.
    ///
    /// REST API: resources_getupdated. At most 30 days back and 600,000 ids.
    package func updated(
        _ object: String,
        from start: ServerTime,
        to end: ServerTime
    ) -> HTTPRequest {
        self.get(self.paths.updated(object) + Self.period(start, end))
    }

    /// The ids of what was deleted in a time of more than a minute.
    ///
    /// REST API: resources_getdeleted. At most 15 days back, less where the bin was emptied; the
    /// log may be pruned earlier.
    package func deleted(
        _ object: String,
        from start: ServerTime,
        to end: ServerTime
    ) -> HTTPRequest {
        self.get(self.paths.deleted(object) + Self.period(start, end))
    }

    // MARK: - Pieces

    func query(_ soql: String) -> HTTPRequest { self.get(self.paths.query(soql)) }

    private static func period(_ start: ServerTime, _ end: ServerTime) -> String {
        func text(_ time: ServerTime) -> String {
            Percent.form(String(CivilTime.text(time.milliseconds).prefix(19)) + "+00:00")
        }
        return "?start=\(text(start))&end=\(text(end))"
    }
}
