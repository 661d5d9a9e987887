import CRMInterface
import WireJSON

extension SalesforceResponses {
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
            if flag(field, "calculated") || flag(field, "autoNumber") {
                rights.calculated.insert(name)
            }
        }
        return rights
    }
}
