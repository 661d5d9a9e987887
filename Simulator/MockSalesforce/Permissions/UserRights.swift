/// What one user may do: the sum of the profile and the assigned permission sets.
struct UserRights: Sendable {
    struct Field: Sendable {
        var isReadable = false
        var isEditable = false
    }

    var permissions: Set<MockSalesforceSystemPermission> = []
    /// By the object's name.
    var objects: [String: MockSalesforceObjectAccess] = [:]
    /// By the object's name and the name that field permissions have.
    var fields: [String: [String: Field]] = [:]

    func access(to object: MockObject) -> MockSalesforceObjectAccess {
        switch object.name {
        case "PermissionSetAssignment":
            return self.permissions.contains(.assignPermissionSets) ? .all : .readOnly
        case "PermissionSet":
            return self.permissions.contains(.managePermissionSets) ? .all : .readOnly
        case "FieldPermissions", "ObjectPermissions":
            guard self.permissions.contains(.viewSetup) else { return .none }
            return self.permissions.contains(.managePermissionSets) ? .all : .readOnly
        default: break
        }
        guard object.isSecured else { return .all }
        if self.permissions.contains(.modifyAllData) { return .all }
        var access = self.objects[object.name] ?? .none
        if self.permissions.contains(.viewAllData) { access.isReadable = true }
        return access
    }
}
