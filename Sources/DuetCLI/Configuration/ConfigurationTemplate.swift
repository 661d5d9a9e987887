/// The commented configuration that `duet init` writes.
package enum ConfigurationTemplate {
    package static let text = """
        # duet.yaml: one HubSpot portal kept in step with one Salesforce org.
        # Check it any time with: duet plan
        version: 1

        hubspot:
          # A Service Key, or a private app's token. The file says where it is, never what it is.
          token: env:HUBSPOT_TOKEN
          # Or OAuth:
          # oauth: {clientID: env:HUBSPOT_CLIENT_ID, clientSecret: env:HUBSPOT_CLIENT_SECRET,
          #         refreshToken: env:HUBSPOT_REFRESH_TOKEN}

        salesforce:
          # Production: https://login.salesforce.com   Sandbox: https://test.salesforce.com
          loginURL: https://login.salesforce.com
          oauth:
            clientID: env:SALESFORCE_CLIENT_ID
            clientSecret: env:SALESFORCE_CLIENT_SECRET
            refreshToken: env:SALESFORCE_REFRESH_TOKEN

        # What is synced with what, waiting writes and history live in this file, next to this configuration.
        store: duet.sqlite

        # What a rule may let win is read right before it is overwritten. An edit within that moment is
        # lost unless `strict`: Salesforce then refuses the write (25 records a call instead of 1,000).
        # guard: strict

        mappings:
          - name: contacts
            hubspot: contacts
            # A HubSpot contact is matched with Salesforce contacts and leads …
            salesforce: [Contact, Lead]
            # … and becomes one of them when nothing matches: contact or lead.
            createAs: contact
            match: [email]
            # Each record's id is kept on its counterpart, so that nothing is ever created twice.
            # Create these fields first; `keys: none` if your admin forbids them.
            keys:
              salesforce: HubSpot_Record_ID__c      # Text 18, external id, unique, on both objects
              hubspot: {Contact: sf_contact_key, Lead: sf_lead_key}   # unique single-line text
            # Two-way fields that differ when two existing records are first matched:
            # report (write nothing, list them), salesforce, hubspot or newest.
            firstSync: report
            # Rules: preferSalesforce (the default), alwaysSalesforce, twoWay, dontSync,
            #        preferHubSpot, alwaysHubSpot, fillEmpty; or in words, such as Two-way.
            fields:
              - {hubspot: email, salesforce: Email, rule: twoWay}
              - {hubspot: firstname, salesforce: FirstName, rule: twoWay}
              # Salesforce demands a last name; one is made up only when HubSpot has none.
              - {hubspot: lastname, salesforce: LastName, rule: twoWay,
                 default: [$emailLocalPart, Unknown]}
              # Leads need a company; contacts do not have this field.
              - {hubspot: company, salesforce: Company, rule: preferSalesforce, default: Unknown}
              - {hubspot: jobtitle, salesforce: Title, rule: twoWay}
              - {hubspot: phone, salesforce: Phone, rule: twoWay}
              - {hubspot: mobilephone, salesforce: MobilePhone, rule: twoWay}

          # Companies with Accounts. HubSpot keeps no company name unique: two of one name are shown to
          # you, never guessed. Their keys: HubSpot_Record_ID__c and sf_account_key. Once they are synced, what
          # belongs to them can say so; add to the fields of the others:
          #   contacts: {hubspot: associatedcompanyid, salesforce: AccountId, rule: twoWay}
          #   deals: {hubspot: hs_primary_associated_company, salesforce: AccountId, rule: twoWay}
          #   tickets: {hubspot: hs_primary_company_id, salesforce: AccountId, rule: twoWay}
          #   companies, their parents: {hubspot: hs_parent_company_id, salesforce: ParentId, rule: twoWay}
          # - name: companies
          #   hubspot: companies
          #   salesforce: Account
          #   match: [name]
          #   fields:
          #     - {hubspot: name, salesforce: Name, rule: twoWay}
          #     - {hubspot: website, salesforce: Website, rule: twoWay}
          #     - {hubspot: phone, salesforce: Phone, rule: twoWay}
          #     - {hubspot: numberofemployees, salesforce: NumberOfEmployees, rule: twoWay}

          # Deals with Opportunities. `dealstage` holds ids of HubSpot's own: list each that is synced. One that
          # is not listed stays where it is and is shown to you. Their keys: HubSpot_Record_ID__c and
          # sf_opportunity_key.
          # - name: deals
          #   hubspot: deals
          #   salesforce: Opportunity
          #   match: [dealname]            # or `match: none`: then only keys tie records
          #   fields:
          #     - {hubspot: dealname, salesforce: Name, rule: twoWay}
          #     - {hubspot: amount, salesforce: Amount, rule: twoWay}
          #     - {hubspot: closedate, salesforce: CloseDate, rule: twoWay}
          #     - hubspot: dealstage
          #       salesforce: StageName
          #       rule: twoWay
          #       values: {appointmentscheduled: Prospecting, qualifiedtobuy: Qualification,
          #                contractsent: Negotiation/Review, closedwon: Closed Won, closedlost: Closed Lost}

          # Tickets with Cases: a subject names no case, so only keys tie them (HubSpot_Record_ID__c and
          # sf_case_key). Where both CRMs have the same ones already, write `match: [subject]` before the first
          # `duet backfill tickets`: what is not matched is made on the other side.
          # - name: tickets
          #   hubspot: tickets
          #   salesforce: Case
          #   fields:
          #     - {hubspot: subject, salesforce: Subject, rule: twoWay}
          #     - {hubspot: content, salesforce: Description, rule: twoWay}
          #     - hubspot: hs_pipeline_stage
          #       salesforce: Status
          #       rule: twoWay
          #       values: {1: New, 2: Working, 3: Escalated, 4: Closed}

          # Activities: tasks, calls, emails and notes with Tasks, meetings with Events. Only keys tie them:
          # HubSpot_Record_ID__c on Activity (notes: HubSpot_Note_ID__c) and sf_task_key (meetings: sf_event_key).
          # `contact` and `about` are whom one is with and what it is about: of several the ticket, the deal, the
          # company; and the oldest contact. `creates` says where new ones are made: both, hubspot, salesforce,
          # none. `taskType` is Salesforce's Type of new tasks.
          # - name: tasks
          #   hubspot: tasks
          #   creates: both
          #   fields:
          #     - {hubspot: hs_task_subject, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_task_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - hubspot: hs_task_status
          #       salesforce: Status
          #       rule: twoWay
          #       values: {NOT_STARTED: Not Started, IN_PROGRESS: In Progress, COMPLETED: Completed,
          #                WAITING: Waiting on someone else, DEFERRED: Deferred}
          #     - hubspot: hs_task_priority
          #       salesforce: Priority
          #       rule: twoWay
          #       values: {HIGH: High, MEDIUM: Normal, LOW: Low, NONE: Normal}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          #     - {hubspot: about, salesforce: WhatId, rule: twoWay}
          # - name: meetings
          #   hubspot: meetings
          #   fields:
          #     - {hubspot: hs_meeting_title, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_meeting_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_meeting_start_time, salesforce: StartDateTime, rule: twoWay}
          #     - {hubspot: hs_meeting_end_time, salesforce: EndDateTime, rule: twoWay}
          #     - {hubspot: hs_meeting_location, salesforce: Location, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: calls
          #   hubspot: calls
          #   taskType: Call
          #   fields:
          #     - {hubspot: hs_call_title, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_call_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: emails
          #   hubspot: emails
          #   fields:
          #     - {hubspot: hs_email_subject, salesforce: Subject, rule: twoWay}
          #     - {hubspot: hs_email_text, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          # - name: notes
          #   hubspot: notes
          #   creates: salesforce
          #   fields:
          #     - {hubspot: hs_note_body, salesforce: Description, rule: twoWay}
          #     - {hubspot: hs_timestamp, salesforce: ActivityDate, rule: twoWay}
          #     - {hubspot: contact, salesforce: WhoId, rule: twoWay}
          #     - {hubspot: about, salesforce: WhatId, rule: twoWay}

        """
}
