/// The bodies that HubSpot takes.
extension FuzzShapes {
    static let hubspotBodies: [(parts: [String], text: String)] = [
        (["/crm"], #"{"properties":{"email":"a@x.invalid","firstname":"Ada"}}"#),
        (
            ["contacts/v1/"],
            #"{"properties":[{"property":"email","value":"v1@x.invalid"},{"property":"city","value":"Oslo"}]}"#
        ),
        (["merge-vids"], #"{"vidToMerge":{contact}}"#),
        (["objects/"], #"{"properties":{"firstname":"Ada","lastname":"Roux"}}"#),
        (
            ["objects/"],
            #"{"properties":{"email":"p1@example.com","lifecyclestage":"lead"}}"#
        ),
        (
            ["objects/companies", "objects/0-2"],
            #"{"properties":{"name":"Acme","domain":"acme.invalid","numberofemployees":"7"}}"#
        ),
        (
            ["objects/deals"],
            #"{"properties":{"dealname":"D","amount":"1250.5","closedate":"2026-10-01T00:00:00Z","pipeline":"default","dealstage":"closedwon"},"associations":[{"to":{"id":"{contact}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]}]}"#
        ),
        (
            ["objects/tickets"],
            #"{"properties":{"subject":"T","hs_pipeline":"0","hs_pipeline_stage":"1"}}"#
        ),
        (
            ["objects/notes", "objects/tasks", "objects/0-27"],
            #"{"properties":{"hs_timestamp":"1790000000000","hubspot_owner_id":"71"}}"#
        ),
        (
            ["batch/read", "batch/archive"],
            #"{"inputs":[{"id":"{contact}"},{"id":"{contact}"},{"id":"1"}],"properties":["email"]}"#
        ),
        (
            ["contacts/batch/read"],
            #"{"inputs":[{"id":"p1@example.com"}],"idProperty":"email","propertiesWithHistory":["firstname"]}"#
        ),
        (
            ["companies/batch/read", "companies/batch/archive"],
            #"{"inputs":[{"id":"{company}"}],"properties":["name","domain"]}"#
        ),
        (
            ["batch/update"],
            #"{"inputs":[{"objectWriteTraceId":"1","id":"{contact}","properties":{"firstname":"B"}},{"objectWriteTraceId":"2","id":"{contact}","properties":{"email":"x"}}]}"#
        ),
        (
            ["companies/batch/update"],
            #"{"inputs":[{"id":"{company}","properties":{"city":"Oslo","annualrevenue":"1e3"}}]}"#
        ),
        (
            ["batch/create"],
            #"{"inputs":[{"objectWriteTraceId":"1","properties":{"email":"n@x.invalid"},"associations":[{"to":{"id":"{company}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}]}"#
        ),
        (["companies/batch/create"], #"{"inputs":[{"properties":{"name":"B"}}]}"#),
        (
            ["batch/upsert"],
            #"{"inputs":[{"id":"p1@example.com","idProperty":"email","properties":{"firstname":"C"}},{"id":"new@x.invalid","idProperty":"email","properties":{"firstname":"D"}}]}"#
        ),
        (
            ["/search"],
            #"{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"p1@example.com"}]}],"sorts":[{"propertyName":"createdate","direction":"DESCENDING"}],"properties":["email"],"limit":10,"after":0,"query":"p"}"#
        ),
        (
            ["/search"],
            #"{"filterGroups":[{"filters":[{"propertyName":"hs_lastmodifieddate","operator":"BETWEEN","value":"0","highValue":"1790000000000"},{"propertyName":"hs_object_id","operator":"IN","values":["{contact}","b"]}]},{"filters":[{"propertyName":"associations.contact","operator":"EQ","value":"{contact}"}]}],"sorts":["-createdate"],"limit":200,"after":"200"}"#
        ),
        (
            ["/search"],
            #"{"query":"p1","limit":100,"properties":["firstname"],"filterGroups":[{"filters":[{"propertyName":"hubspot_owner_id","operator":"NOT_HAS_PROPERTY"},{"propertyName":"hs_object_id","operator":"GT","value":"{after}"}]}]}"#
        ),
        (["contacts/merge"], #"{"primaryObjectId":"{contact}","objectIdToMerge":"{contact}"}"#),
        (["companies/merge"], #"{"primaryObjectId":"{company}","objectIdToMerge":"{company}"}"#),
        (["gdpr-delete"], #"{"objectId":"p3@example.com","idProperty":"email"}"#),
        (["gdpr-delete"], #"{"objectId":"{contact}"}"#),
        (
            ["PUT /crm/v4/objects"],
            #"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1},{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"#
        ),
        (
            [
                "companies/batch/create", "companies/batch/associate/default",
                "companies/batch/labels/archive",
            ],
            #"{"inputs":[{"from":{"id":"{contact}"},"to":{"id":"{company}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]}]}"#
        ),
        (
            ["/batch/labels/archive", "/batch/associate/default"],
            #"{"inputs":[{"from":{"id":"{deal}"},"to":{"id":"{contact}"},"type":"deal_to_contact","types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]}]}"#
        ),
        (
            ["contacts/companies/batch/archive"],
            #"{"inputs":[{"from":{"id":"{contact}"},"to":[{"id":"{company}"}]}]}"#
        ),
        (
            ["contacts/companies/batch/read"],
            #"{"inputs":[{"id":"{contact}"},{"id":"{contact}","after":"1"}]}"#
        ),
        (["/labels"], #"{"label":"Maker","name":"maker","inverseLabel":"Made"}"#),
        (
            ["PUT /crm/v4/associations/contacts/companies/labels"],
            #"{"associationTypeId":{label},"label":"M"}"#
        ),
        (
            ["configurations/"],
            #"{"inputs":[{"category":"HUBSPOT_DEFINED","typeId":279,"maxToObjectIds":5}]}"#
        ),
        (
            ["/properties/"],
            #"{"name":"my_key","label":"Key","type":"string","fieldType":"text","groupName":"contactinformation","hasUniqueValue":true}"#
        ),
        (
            ["/properties/"],
            #"{"name":"pick","label":"P","type":"enumeration","fieldType":"select","groupName":"contactinformation","options":[{"label":"A","value":"a","displayOrder":1,"hidden":false}]}"#
        ),
        (
            ["/properties/contacts/groups", "contacts/groups"],
            #"{"name":"mine","label":"Mine","displayOrder":1}"#
        ),
        (
            ["properties/contacts/batch/create", "/batch/create"],
            #"{"inputs":[{"name":"one","label":"One","type":"number","fieldType":"number","groupName":"contactinformation"}]}"#
        ),
        (
            ["/lists"],
            #"{"name":"A","objectTypeId":"0-1","processingType":"DYNAMIC","filterBranch":{"filterBranchType":"OR","filterBranches":[{"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY","property":"firstname","operation":{"operationType":"STRING","operator":"IS_EQUAL_TO","value":"P1"}},{"filterType":"IN_LIST","listId":"{list}","operator":"IN_LIST"}]}],"filters":[]}}"#
        ),
        (["/lists"], #"{"name":"{contact}","objectTypeId":"0-1","processingType":"MANUAL"}"#),
        (
            ["update-list-filters"],
            #"{"filterBranch":{"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY","property":"email","operation":{"operator":"IS_KNOWN"}}]}}"#
        ),
        (["lists/search"], #"{"query":"A","count":5,"offset":0,"processingTypes":["MANUAL"]}"#),
        (["memberships/add", "memberships/remove"], #"["{contact}","{contact}"]"#),
        (
            ["memberships/add-and-remove"],
            #"{"recordIdsToAdd":["{contact}"],"recordIdsToRemove":["{contact}"]}"#
        ),
        (["/lists/folders"], #"{"name":"F","parentFolderId":"{folder}"}"#),
        (["/lists/folders/move-list"], #"{"listId":"{list}","newFolderId":"{folder}"}"#),
        (
            ["memberships/batch/read"],
            #"{"inputs":[{"objectTypeId":"0-1","recordId":"{contact}"}]}"#
        ),
        (
            ["schemas"],
            #"{"name":"car","labels":{"singular":"Car","plural":"Cars"},"primaryDisplayProperty":"vin","requiredProperties":["vin"],"properties":[{"name":"vin","label":"VIN","type":"string","fieldType":"text"}],"associatedObjects":["CONTACT"]}"#
        ),
        (["schemas/batch/read"], #"{"inputs":["{custom}","contacts"]}"#),
        (["schemas/2-"], #"{"fromObjectTypeId":"{custom}","toObjectTypeId":"0-2","name":"x"}"#),
        (
            ["pipelines"],
            #"{"label":"P","displayOrder":0,"stages":[{"label":"S","displayOrder":0,"metadata":{"probability":"0.5"}}]}"#
        ),
        (
            ["/stages"],
            #"{"label":"S","displayOrder":1,"metadata":{"probability":"0.5","ticketState":"OPEN"}}"#
        ),
        (
            ["exports"],
            #"{"exportType":"VIEW","exportName":"e","format":"CSV","language":"EN","objectType":"CONTACT","objectProperties":["email"],"associatedObjectType":["COMPANY"],"publicCrmSearchRequest":{"filters":[{"propertyName":"email","operator":"EQ","value":"a"}],"sorts":[{"propertyName":"email","order":"ASC"}]}}"#
        ),
        (
            ["exports"],
            #"{"exportType":"LIST","listId":{list},"format":"CSV","language":"EN","objectType":"CONTACT","objectProperties":["email"]}"#
        ),
        (
            ["journal/2026-03/batch/read"], #"{"inputs":["{offset}","{offset}"]}"#
        ),
        (
            ["webhooks-journal/subscriptions"],
            #"{"subscriptionType":"OBJECT","objectTypeId":"0-1","portalId":9900001,"actions":["CREATE","UPDATE"],"properties":["email"]}"#
        ),
        (
            ["webhooks-journal/subscriptions"],
            #"{"subscriptionType":"ASSOCIATION","objectTypeId":"0-1","portalId":9900001,"associatedObjectTypeIds":["0-2"],"actions":["ASSOCIATION_ADDED"]}"#
        ),
        (
            ["webhooks-journal/subscriptions/2026-03/filters"],
            #"{"subscriptionId":{subscription},"filter":{"conditions":[{"filterType":"CRM_OBJECT_PROPERTY","property":"email","operator":"CONTAINS","value":"a"}]}}"#
        ),
        (
            ["snapshots"],
            #"{"snapshotRequests":[{"portalId":9900001,"objectId":{contact},"objectTypeId":"0-1","properties":["email"]}]}"#
        ),
        (
            ["webhooks/v3"],
            #"{"eventType":"contact.propertyChange","propertyName":"email","active":true}"#
        ),
        (
            ["webhooks/v3/1160453/settings"],
            #"{"targetUrl":"https://x.invalid/h","throttling":{"maxConcurrentRequests":10}}"#
        ),
        (["subscriptions/batch/update"], #"{"inputs":[{"id":{subscription},"active":false}]}"#),
        (
            ["marketing/v3/forms"],
            #"{"name":"F","formType":"hubspot","createdAt":"2026-09-01T00:00:00Z","updatedAt":"2026-09-01T00:00:00Z","archived":false,"fieldGroups":[{"groupType":"default_group","richTextType":"text","fields":[{"objectTypeId":"0-1","name":"email","label":"E","required":true,"hidden":false,"fieldType":"email"}]}],"configuration":{"language":"en","cloneable":true},"displayOptions":{"theme":"default_style"},"legalConsentOptions":{"type":"none"}}"#
        ),
        (
            ["submi"],
            #"{"fields":[{"objectTypeId":"0-1","name":"email","value":"v@x.invalid"}],"context":{"pageUri":"x"}}"#
        ),
        (
            ["events/v3/send"],
            #"{"eventName":"{event}","objectId":"{contact}","occurredAt":"2026-09-21T00:00:00Z","properties":{"a":"b"}}"#
        ),
        (
            ["events/v3/send/batch"],
            #"{"inputs":[{"eventName":"{event}","email":"p1@example.com","uuid":"u"}]}"#
        ),
        (
            ["settings/v3/users"],
            #"{"email":"n@x.invalid","roleId":"1","primaryTeamId":"{team}","secondaryTeamIds":[]}"#
        ),
        (["property-validations"], #"{"ruleArguments":["5"],"shouldApplyNormalization":false}"#),
        (["oauth"], "grant_type=refresh_token&client_id=x&client_secret=y&refresh_token=z"),
        (
            ["oauth"],
            "grant_type=refresh_token&client_id=hubspot-client&client_secret=hubspot-secret&refresh_token={refresh}"
        ),
        (
            ["oauth"],
            "grant_type=client_credentials&client_id=hubspot-client&client_secret=hubspot-secret"
        ),
        (
            ["introspect", "revoke"],
            "client_id=hubspot-client&client_secret=hubspot-secret&token={access}&token_type_hint=access_token"
        ),
        (
            ["imports"],
            "--x\r\nContent-Disposition: form-data; name=\"importRequest\"\r\n\r\n{\"name\":\"i\",\"files\":[{\"fileName\":\"a.csv\",\"fileFormat\":\"CSV\",\"fileImportPage\":{\"hasHeader\":true,\"columnMappings\":[{\"columnObjectTypeId\":\"0-1\",\"columnName\":\"Email\",\"propertyName\":\"email\"}]}}]}\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nEmail\r\nq@x.invalid\r\n--x--\r\n"
        ),
    ]
}
