/// A permission on the whole org that a profile or a permission set gives.
///
/// The raw value with `Permissions` before it is the column's name.
package enum MockSalesforceSystemPermission: String, Sendable, Hashable, CaseIterable, Codable {
    case apiEnabled = "ApiEnabled"
    case viewSetup = "ViewSetup"
    case customizeApplication = "CustomizeApplication"
    case modifyMetadata = "ModifyMetadata"
    case modifyAllData = "ModifyAllData"
    case viewAllData = "ViewAllData"
    case viewAllUsers = "ViewAllUsers"
    case bulkHardDelete = "BulkApiHardDelete"
    case convertLeads = "ConvertLeads"
    case editReadOnlyFields = "EditReadonlyFields"
    case managePermissionSets = "ManageProfilesPermissionsets"
    case assignPermissionSets = "AssignPermissionSets"

    var column: String { "Permissions" + self.rawValue }
}
