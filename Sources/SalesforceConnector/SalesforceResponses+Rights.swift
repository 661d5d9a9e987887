import CRMInterface
import SyncCore
import WireJSON

extension SalesforceResponses {
    /// What the user may do on the whole org, and what the org says of itself.
    static func rights(ofUser user: JSON, org: JSON) throws(SyncError) -> AccessRights {
        var rights = AccessRights()
        let row = user["records"]?[0]
        for column in SalesforceRequests.userRights {
            rights.user[String(column.dropFirst("Permissions".count))] = row?[column]?.boolean
        }
        rights.account = try Self.details(org)
        rights.trialEndsAt = org["records"]?[0]?["TrialExpirationDate"]?.bytes
            .flatMap { CivilTime.milliseconds($0[...]) }
        return rights
    }

    /// What a describe says that its reader may do.
    static func rights(_ json: JSON) -> AccessRights.Object {
        func flag(_ json: JSON, _ name: String) -> Bool { json[name]?.boolean == true }
        var rights = AccessRights.Object()
        rights.isReadable = flag(json, "queryable")
        rights.isCreateable = flag(json, "createable")
        rights.isUpdateable = flag(json, "updateable")
        rights.isDeletable = flag(json, "deletable")
        for field in json["fields"]?.elements ?? [] {
            guard let name = field["name"]?.string else { continue }
            rights.fields.insert(name)
            if flag(field, "createable") { rights.createable.insert(name) }
            if flag(field, "updateable") { rights.updateable.insert(name) }
            if flag(field, "unique") { rights.unique.insert(name) }
            // Rights are given on what is permissionable alone (SOAP API: describesobjects, Field).
            if flag(field, "calculated") || flag(field, "autoNumber")
                || field["permissionable"]?.boolean == false
            {
                rights.fixed.insert(name)
            }
        }
        return rights
    }
}
