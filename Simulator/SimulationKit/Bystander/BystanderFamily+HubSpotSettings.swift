import SyncCore

/// What another app reads and changes of how a portal is set up.
extension BystanderFamily {
    static let hubspotSettings = [properties, objectTypes, account, lists]

    private static let properties = BystanderFamily(
        "properties",
        .hubspot,
        [
            .init(
                "POST /crm/v3/properties/deals/groups",
                #"{"name":"group_{n}","label":"Group {n}","displayOrder":1}"#
            ).finding("name", "group"),
            .init(
                "POST /crm/v3/properties/deals",
                #"{"name":"field_{n}","label":"Field {n}","type":"string","fieldType":"text","groupName":"{group}"}"#
            ).finding("name", "field"),
            .init("GET /crm/v3/properties/deals/{field}"),
            .init("PATCH /crm/v3/properties/deals/{field}", #"{"label":"Renamed {n}"}"#),
            .init(
                "POST /crm/v3/objects/deals",
                #"{"properties":{"dealname":"Own {n}","dealstage":"closedlost","{field}":"{n}"}}"#
            ),
            .init(
                "POST /crm/v3/properties/tickets/batch/create",
                #"{"inputs":[{"name":"size_{n}","label":"Size {n}","type":"number","fieldType":"number","groupName":"ticketinformation"}]}"#
            ),
            .init("GET /crm/v3/properties/deals"),
            .init("DELETE /crm/v3/properties/deals/{field}"),
            .init("GET /properties/v2/deals/properties"),
        ]
    )

    private static let objectTypes = BystanderFamily(
        "object types",
        .hubspot,
        [
            .init("GET /crm-object-schemas/v3/schemas"),
            .init("GET /crm-object-schemas/v3/schemas/deals"),
            .init(
                "POST /crm-object-schemas/v3/schemas/batch/read",
                #"{"inputs":[{"id":"tickets"}]}"#
            ),
            .init("GET /crm/object-library/2026-09/enablement"),
        ]
    )

    private static let account = BystanderFamily(
        "account",
        .hubspot,
        [
            .init("GET /account-info/v3/details"),
            .init("GET /account-info/v3/api-usage/daily/private-apps"),
            .init("GET /crm/limits/2026-03/records"), .init("GET /crm/limits/2026-03/pipelines"),
            .init("GET /crm/limits/2026-03/custom-properties"),
            .init("GET /crm/limits/2026-03/associations/labels"),
            .init("GET /settings/currencies/2026-03/exchange-rates/current"),
            .init("GET /meta/network-origins/2026-09/ip-ranges/simple"),
            .init("GET /integrations/v1/me"), .init("GET /integrations/v1/limit/daily"),
            .init("GET /crm/property-validations/2026-03/0-3"),
        ]
    )

    /// Lists of deals by hand.
    private static let lists = BystanderFamily(
        "lists",
        .hubspot,
        [
            .init(
                "POST /crm/v3/lists/folders",
                #"{"name":"Folder {n}","parentFolderId":"0"}"#
            ).finding("folder.id", "folder"),
            .init(
                "POST /crm/v3/lists",
                #"{"name":"Hand-made {n}","objectTypeId":"0-3","processingType":"MANUAL"}"#
            ).finding("list.listId", "list"),
            .init("PUT /crm/v3/lists/{list}/memberships/add", #"["{deals}"]"#),
            .init("GET /crm/v3/lists/{list}/memberships"),
            .init("GET /crm/v3/lists/{list}/memberships/join-order"),
            .init("PUT /crm/v3/lists/{list}/update-list-name?listName=Renamed%20{n}"),
            .init(
                "PUT /crm/v3/lists/folders/move-list",
                #"{"listId":"{list}","newFolderId":"{folder}"}"#
            ),
            .init(
                "POST /crm/v3/lists/search",
                #"{"query":"Renamed","count":5,"offset":0,"processingTypes":["MANUAL"]}"#
            ),
            .init("PUT /crm/v3/lists/{list}/memberships/remove", #"["{deals}"]"#),
            .init("DELETE /crm/v3/lists/{list}"), .init("PUT /crm/v3/lists/{list}/restore"),
            .init("GET /crm/v3/lists/{list}?includeFilters=true"),
        ]
    )
}
