package import CRMInterface
import SyncCore

/// What Salesforce's integration user may not do.
extension Doctor {
    /// The Salesforce objects whose rights are looked at, with the fields that are needed of each.
    package var salesforceFields: [String: Set<String>] {
        Dictionary(
            self.salesforceNeeds.objects.map { ($0.name, Set($0.fields.keys)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package func examine(salesforce rights: AccessRights) -> [Diagnosis] {
        Self.examine(user: rights.user)
            + self.salesforceNeeds.objects.flatMap { need -> [Diagnosis] in
                guard let may = rights.objects[need.name], may.isReadable else {
                    return [Self.right(.objectNotVisible, need.name, "see", "Read")]
                }
                return Self.examine(need, may) + Self.examine(fieldsOf: need, may)
            }
    }

    private static func examine(user: [String: Bool]) -> [Diagnosis] {
        guard user["ViewSetup"] == false else { return [] }
        return [
            Diagnosis(
                .salesforce,
                .setupNotVisible,
                "View Setup and Configuration",
                cause:
                    "Salesforce's integration user lacks the right View Setup and Configuration: whether it sees "
                    + "all records of an object cannot be told.",
                nextStep:
                    "\(Self.permissionSet), System Permissions, View Setup and Configuration.",
                isProblem: false
            )
        ]
    }

    private static func examine(
        _ need: SalesforceNeeds.Object,
        _ may: AccessRights.Object
    ) -> [Diagnosis] {
        var found: [Diagnosis] = []
        if need.isCreated, !may.isCreateable {
            found.append(Self.right(.createNotAllowed, need.name, "create", "Create"))
        }
        if need.isEdited, !may.isUpdateable {
            found.append(Self.right(.editNotAllowed, need.name, "edit", "Edit"))
        }
        if need.isDeleted, !may.isDeletable {
            found.append(Self.right(.deleteNotAllowed, need.name, "delete", "Delete"))
        }
        // Activities have no such right of their own (Object Reference: ObjectPermissions).
        if need.isMapped, may.seesAll == false, Self.activities[need.name] == nil {
            var one = Self.right(.viewAllNotGiven, need.name, "see", "View All")
            one.cause =
                "Salesforce's integration user sees the records of \(need.name) that are shared with it only; all "
                + "others are left alone."
            one.isProblem = false
            found.append(one)
        }
        return found
    }

    private static func examine(
        fieldsOf need: SalesforceNeeds.Object,
        _ may: AccessRights.Object
    ) -> [Diagnosis] {
        need.fields.sorted { $0.key < $1.key }.compactMap { name, isWritten in
            guard may.fields.contains(name) else {
                let isThere = may.hidden.contains(name)
                if !isThere, need.shared.contains(name) { return nil }
                return Self.missing(name, of: need, isThere: isThere)
            }
            if need.keys.contains(name), !may.unique.contains(name) {
                return Self.doubled(name, of: need)
            }
            let isRefused =
                isWritten && may.isUpdateable && !may.fixed.contains(name)
                && !may.updateable.contains(name) && !may.createable.contains(name)
            return isRefused ? Self.readOnly(name, of: need) : nil
        }
    }

    // MARK: - Findings

    private static func right(
        _ code: Diagnosis.Code,
        _ object: String,
        _ verb: String,
        _ box: String
    ) -> Diagnosis {
        let place =
            Self.activities[object].map {
                "System Permissions, \(box == "Read" ? "Access Activities" : $0)"
            }
            ?? "Object Settings, \(object), \(box)"
        return Diagnosis(
            .salesforce,
            code,
            object,
            cause: "Salesforce's integration user may not \(verb) records of \(object).",
            nextStep: "\(Self.permissionSet), \(place)."
        )
    }

    private static func missing(
        _ name: String,
        of need: SalesforceNeeds.Object,
        isThere: Bool
    ) -> Diagnosis {
        let isKey = need.keys.contains(name)
        let give = "\(Self.permissionSet), Object Settings, \(need.name), \(name), Read Access"
        let make =
            "If there is none, make it with `duet fields create`, or: Setup, Object Manager, \(need.name), Fields & "
            + "Relationships"
            + (isKey ? " (Text 18, external id, unique), or write `keys: none`." : ".")
        return Diagnosis(
            .salesforce,
            isKey
                ? .keyNotVisible
                : need.name == "Task" && name == "Type" ? .taskTypeNotVisible : .fieldNotVisible,
            "\(need.name).\(name)",
            cause: isThere
                ? "Salesforce's integration user may not see the field \(name) of \(need.name)."
                : "Salesforce shows the integration user no field \(name) of \(need.name).",
            nextStep: isThere ? "\(give)." : "\(give). \(make)"
        )
    }

    private static func doubled(_ name: String, of need: SalesforceNeeds.Object) -> Diagnosis {
        Diagnosis(
            .salesforce,
            .keyNotUnique,
            "\(need.name).\(name)",
            cause:
                "Salesforce's field \(name) of \(need.name) does not demand unique values: a create that is repeated "
                + "would make a second record.",
            nextStep:
                "Make it unique: Setup, Object Manager, \(need.name), Fields & Relationships, \(name), Edit, "
                + "\"Do not allow duplicate values\"."
        )
    }

    private static func readOnly(_ name: String, of need: SalesforceNeeds.Object) -> Diagnosis {
        Diagnosis(
            .salesforce,
            .fieldNotEditable,
            "\(need.name).\(name)",
            cause: "Salesforce's integration user may not write the field \(name) of \(need.name).",
            nextStep: "\(Self.permissionSet), Object Settings, \(need.name), \(name), Edit Access."
        )
    }

    private static let permissionSet =
        "Give it in Salesforce: Setup, Permission Sets, the integration user's set"

    /// Activities are opened by rights on the whole org (Salesforce Help: user permissions for activities).
    private static let activities = ["Task": "Edit Tasks", "Event": "Edit Events"]
}
