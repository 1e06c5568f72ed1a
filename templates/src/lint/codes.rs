//! All findings that there are: their codes, how bad they are, why they matter, and what to do instead.
//!
//! Codes and severities without `KMS_` are those of the "IAM policy validation check reference" (IAM User Guide); the others are
//! ours, after the KMS Developer Guide. All sentences are ours.

/// How bad a finding is, in AWS's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A part of the policy does not work.
    Error,
    /// The policy allows more than is wise.
    SecurityWarning,
    /// The policy is not what its author may think.
    Warning,
    /// The policy could be written better.
    Suggestion,
}

impl Severity {
    /// The name that AWS has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::SecurityWarning => "SECURITY_WARNING",
            Self::Warning => "GENERAL_WARNING",
            Self::Suggestion => "SUGGESTION",
        }
    }
}

/// A finding that there is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Code {
    /// Its name.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Why it matters.
    pub reason: &'static str,
    /// What to do instead.
    pub mend: &'static str,
}

macro_rules! codes {
    ($($code:ident $severity:ident $reason:literal $mend:literal;)+) => {
        /// All findings, sorted by their codes.
        pub const CODES: &[Code] = &[$(Code {
            code: stringify!($code),
            severity: Severity::$severity,
            reason: $reason,
            mend: $mend,
        },)+];
    };
}

codes! {
    ALLOW_WITH_NOT_PRINCIPAL SecurityWarning
        "All but some are everybody, those included whom nobody knows."
        "Name with Principal who is meant.";
    DATA_TYPE_MISMATCH Error
        "A value whose type the grammar does not allow keeps the document from being a policy."
        "Write the value in the type that the sentence names.";
    DEPRECATED_GLOBAL_CONDITION_KEY Warning
        "The old name may cease to be known."
        "Write the new name.";
    DUPLICATE_KEYS_WITH_DIFFERENT_CASE Error
        "Names of condition keys are the same whatever their case, and which of the two counts nobody can tell."
        "Write the values of both under one name.";
    EMPTY_ARRAY_ACTION Suggestion
        "An element without actions means nothing."
        "Fill the element, or take it out.";
    EMPTY_ARRAY_CONDITION Suggestion
        "An element without values means nothing."
        "Fill the element, or take it out.";
    EMPTY_ARRAY_CONDITION_FORALLVALUES Suggestion
        "ForAllValues of no values holds where the key is missing, and nowhere else."
        "Ask for that with Null and \"true\".";
    EMPTY_ARRAY_CONDITION_FORANYVALUE Suggestion
        "No value is one of none: the condition never holds."
        "Write values, or take the statement out.";
    EMPTY_ARRAY_CONDITION_IFEXISTS Suggestion
        "IfExists of no values holds where the key is missing, and nowhere else."
        "Ask for that with Null and \"true\".";
    EMPTY_ARRAY_PRINCIPAL Suggestion
        "An element without principals means nothing."
        "Fill the element, or take it out.";
    EMPTY_ARRAY_RESOURCE Suggestion
        "An element without resources means nothing."
        "Fill the element, or take it out.";
    EMPTY_OBJECT_CONDITION Suggestion
        "A condition that asks for nothing holds always."
        "Write a condition, or take the element out.";
    EMPTY_OBJECT_PRINCIPAL Suggestion
        "A statement that speaks of nobody means nothing."
        "Name the principals.";
    EMPTY_SID_VALUE Suggestion
        "Explanations name statements by their names."
        "Write a name, or take Sid out.";
    EMPTY_VARIABLE Error
        "A variable without a name stands for nothing."
        "Name what it stands for, or take it out.";
    EQUIVALENT_TO_NULL_FALSE Suggestion
        "Every value is like *: the condition asks whether the key is there."
        "Ask for that with Null and \"false\".";
    EQUIVALENT_TO_NULL_TRUE Suggestion
        "No value is unlike *: the condition asks whether the key is missing."
        "Ask for that with Null and \"true\".";
    FEDERATED_PRINCIPAL_NOT_SUPPORTED Error
        "Whoever comes from an identity provider calls as a session of a role: the statement reaches nobody."
        "Name the role that the provider's users assume.";
    FORALLVALUES_WITH_SINGLE_VALUED_KEY SecurityWarning
        "ForAllValues also holds where the key is missing; KMS refuses it for keys that the caller chooses."
        "Write the operator without ForAllValues:.";
    IMPROVE_IP_RANGE Suggestion
        "The bits behind the prefix are not looked at."
        "Write the first address of the range.";
    INVALID_ACTION Error
        "An action that does not exist allows and denies nothing."
        "Write the name of an action that exists, with its service.";
    INVALID_ARN_ACCOUNT Error
        "No key and no alias is of such an account, so that the resource matches nothing."
        "Write the twelve digits of the account.";
    INVALID_ARN_PREFIX Error
        "A resource is an ARN or *; everything else matches nothing."
        "Write the whole ARN, from arn: on.";
    INVALID_ARN_REGION Error
        "No key and no alias is in such a Region, so that the resource matches nothing."
        "Write the code of a Region, such as eu-west-1.";
    INVALID_ARN_RESOURCE Error
        "The resources of KMS are keys and aliases; a key id alone is not an ARN."
        "Write key/ and the id of the key, or alias/ and the name of the alias.";
    INVALID_ARN_SERVICE_CASE Error
        "The fields of ARNs are compared with their case, and that of KMS is kms."
        "Write kms.";
    INVALID_CONDITION_DATA_TYPE Error
        "The values of one key are of one type."
        "Write all values in the same type.";
    INVALID_CONDITION_KEY_FORMAT Error
        "Condition keys have the prefix of a service, or aws:; no request has any other."
        "Write the key with its prefix.";
    INVALID_CONDITION_MULTIPLE_BOOLEAN Error
        "A key with two truth values as expected ones is always one of them."
        "Write the one value that is meant.";
    INVALID_CONDITION_OPERATOR Error
        "A policy with an operator that does not exist is refused."
        "Write an operator of the IAM User Guide.";
    INVALID_DATE_VALUE Warning
        "Whether a number is read as seconds since 1970 is not plain to people."
        "Write the date, such as 2030-01-01T00:00:00Z.";
    INVALID_EFFECT Error
        "A statement allows or denies, and the words are written with a capital letter."
        "Write Allow or Deny.";
    INVALID_GLOBAL_CONDITION_KEY Error
        "No request to KMS has such a key: a condition on it never holds, or always."
        "Write a global condition key that exists.";
    INVALID_PARTITION Error
        "No resource is of such a partition."
        "Write aws, aws-cn, aws-us-gov, or another partition that exists.";
    INVALID_POLICY_ELEMENT Error
        "A policy with an element that does not exist is refused, as is one in which an element has no place."
        "Take the element out, or write it as the grammar does.";
    INVALID_PRINCIPAL_FORMAT Error
        "A principal is *, an account, an ARN, or the name of a service."
        "Write the principal in one of these forms, below AWS or Service.";
    INVALID_PRINCIPAL_KEY Error
        "Principals stand below AWS, Service or Federated."
        "Write one of these.";
    INVALID_REGION Error
        "No request has such a Region."
        "Write the code of a Region, such as eu-west-1.";
    INVALID_ROLE_REFERENCE Warning
        "A unique id in a policy is what is left of a role that was deleted; a new role of the same name has another."
        "Write the ARN of the role, or take the principal out.";
    INVALID_SERVICE_CONDITION_KEY Error
        "No request has such a key: a condition on it never holds, or always."
        "Write a condition key of KMS that exists.";
    INVALID_SERVICE_IN_ACTION Error
        "An action of a service that does not exist allows and denies nothing."
        "Write the prefix of the service.";
    INVALID_SERVICE_PRINCIPAL_FORMAT Error
        "kms:ViaService has the name of a service and its Region, in lower case; it is never equal to anything else."
        "Write a name such as s3.eu-west-1.amazonaws.com.";
    INVALID_USER_REFERENCE Warning
        "A unique id in a policy is what is left of a user who was deleted; a new user of the same name has another."
        "Write the ARN of the user, or take the principal out.";
    INVALID_VARIABLE_FOR_OPERATOR Error
        "Only texts, ARNs and truth values are compared with variables; elsewhere a variable is a value of the wrong type."
        "Write the value itself, or compare texts.";
    INVALID_VERSION Error
        "There are two versions of the language."
        "Write 2012-10-17.";
    INVALID_VPCE_FORMAT Error
        "No endpoint has such an id."
        "Write vpce- and 8 or 17 letters and digits.";
    INVALID_VPC_FORMAT Error
        "No VPC has such an id."
        "Write vpc- and 8 or 17 letters and digits.";
    JSON_SYNTAX_ERROR Error
        "What is not JSON is not a policy."
        "Mend the JSON at the place that is told.";
    KMS_ABAC_WITHOUT_TAG_CONTROL SecurityWarning
        "Where tags or aliases give access, whoever changes them gives access."
        "Allow the change of tags under conditions on aws:RequestTag and aws:TagKeys, or to others alone.";
    KMS_ACTION_WITHOUT_RESOURCE Error
        "What makes keys, lists them or gives random bytes is asked of everything, and a key or an alias is not everything."
        "Write it into a statement whose Resource is *.";
    KMS_ALIAS_ACTION_ON_KEY_ALONE Warning
        "An alias has no policy of its own: unless another policy of the same principal allows the action on it, nothing does."
        "Add the ARN of the alias to the resources.";
    KMS_ALIAS_AS_RESOURCE Warning
        "KMS asks for the ARN of the key, by whatever name it was called; an alias is the resource of actions on aliases alone."
        "Write the ARN of the key, or key/* with a condition on kms:RequestAlias or kms:ResourceAliases.";
    KMS_DEPRECATED_CONDITION_KEY Warning
        "The old name still works, and the documentation has the new one."
        "Write the new name.";
    KMS_EVERYTHING_TO_EVERYBODY SecurityWarning
        "The key, its policy and its deletion are anybody's."
        "Name the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID.";
    KMS_FOR_ALL_VALUES_WITHOUT_NULL SecurityWarning
        "All values of a request that has none fit: an empty request is let through."
        "Add a condition Null with \"false\" on the same key.";
    KMS_GRANTS_WITHOUT_CONDITION SecurityWarning
        "A grant lets anybody use the key, and no policy says so."
        "Add kms:GrantIsForAWSResource, or limit kms:GrantOperations and the grantee.";
    KMS_KEY_AS_RESOURCE_IN_KEY_POLICY Suggestion
        "A key policy is about its own key, whose ARN nobody knows before the key is made; for a replica, the ARN is another."
        "Write * as Resource.";
    KMS_KEY_ATTRIBUTE_IN_KEY_POLICY Error
        "Tags and aliases of a key are condition keys of identity policies alone: here they are always missing."
        "Write the condition into identity policies, or name the principals.";
    KMS_LOCK_OUT Error
        "KMS refuses such a policy unless its safety check is bypassed, and then AWS Support alone can help."
        "Allow the account, or an administrator, kms:PutKeyPolicy.";
    KMS_MEMBER_TWICE Error
        "Of a member that is given twice, readers of JSON take one or the other."
        "Write the values of both under one name.";
    KMS_MFA_WITHOUT_IF_EXISTS SecurityWarning
        "Requests with long-term access keys do not have the key at all: for them the condition does not hold."
        "Write BoolIfExists.";
    KMS_NOT_PRINCIPAL SecurityWarning
        "NotPrincipal denies all whom it does not name in every form, and everybody with a permissions boundary."
        "Write * as Principal, and a condition ArnNotEquals on aws:PrincipalArn.";
    KMS_NOT_RESOURCE_IN_KEY_POLICY Warning
        "All but the key is nothing that the policy decides over."
        "Write * as Resource.";
    KMS_NO_DELEGATION Warning
        "Without a statement for the account, IAM policies and the root user have no access: if the named principals go, so does the key."
        "Allow the account (arn:aws:iam::...:root) what administrators need.";
    KMS_OPEN_TO_EVERYBODY SecurityWarning
        "Principals of other accounts need no more than their own account's leave."
        "Name the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID.";
    KMS_OWN_ACCOUNT_ONLY Warning
        "Whatever policies say, these operations work on keys of the caller's own account alone."
        "Take the actions out, or let a role of the key's account be assumed.";
    KMS_RETIRE_GRANT_IN_KEY_POLICY Warning
        "The right to retire a grant comes from the grant, or from the account that created it."
        "Name a retiring principal in the grant.";
    KMS_VIA_SERVICE_WITHOUT_CALLER SecurityWarning
        "kms:ViaService says through which service a call comes, and not whose it is."
        "Add a condition on kms:CallerAccount.";
    MISSING_ACTION Error
        "A statement about no action means nothing."
        "Add Action.";
    MISSING_ARN_ACCOUNT Error
        "Every key and every alias has an account, so that the resource matches nothing."
        "Write the account, or * for all.";
    MISSING_ARN_FIELD Error
        "Session policies want all six fields of an ARN."
        "Write arn:partition:kms:region:account:resource.";
    MISSING_ARN_REGION Error
        "Every key and every alias has a Region, so that the resource matches nothing."
        "Write the Region, or * for all.";
    MISSING_BRACE_IN_VARIABLE Error
        "A variable that is not closed is a text that stands for itself."
        "Close the variable with a brace.";
    MISSING_EFFECT Error
        "A statement that neither allows nor denies is refused."
        "Add Effect with Allow or Deny.";
    MISSING_PAIRED_CONDITION_KEYS SecurityWarning
        "Private addresses say nothing without the network to which they belong."
        "Add a condition on aws:SourceVpc or aws:SourceVpce.";
    MISSING_PRINCIPAL Error
        "A policy of a resource says of whom it speaks."
        "Add Principal.";
    MISSING_QUALIFIER Error
        "A key with several values needs to be told whether all of them or any of them must fit."
        "Write ForAnyValue: or ForAllValues: before the operator.";
    MISSING_QUOTE_IN_VARIABLE Error
        "The default of a variable stands between single quotes."
        "Put it between single quotes.";
    MISSING_RESOURCE Error
        "A statement about no resource means nothing."
        "Add Resource; in a key policy it is *.";
    MISSING_STATEMENT Error
        "A policy without statements is refused."
        "Add a statement.";
    MISSING_TAG_KEY_IN_CONDITION Error
        "The name of the tag is a part of the condition key."
        "Write the name of the tag behind a slash.";
    MISSING_VERSION Warning
        "Without a version the language is that of 2008, which has no variables."
        "Add Version with 2012-10-17.";
    NULL_WITH_IF_EXISTS Error
        "Null asks whether a key is there: IfExists has no meaning with it."
        "Write Null.";
    NULL_WITH_QUALIFIER Suggestion
        "Null asks for the key, and not for its values: with ForAllValues or ForAnyValue it says nothing."
        "Write Null.";
    POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA Warning
        "IAM refuses longer managed policies."
        "Write several policies.";
    POLICY_SIZE_EXCEEDS_RCP_QUOTA Error
        "Organizations refuses longer documents."
        "Write several policies.";
    POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA Warning
        "KMS refuses longer key policies."
        "Name accounts, and let their identity policies say the rest.";
    POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA Warning
        "IAM refuses longer trust policies unless the quota was raised."
        "Name fewer principals, or raise the quota.";
    POLICY_SIZE_EXCEEDS_SCP_QUOTA Error
        "Organizations refuses longer documents."
        "Write several policies.";
    PRIVATE_IP_ADDRESS Error
        "aws:SourceIp is a public address: the condition never holds."
        "Compare aws:VpcSourceIp, or write public addresses.";
    PRIVATE_IP_ADDRESS_SUBSET Suggestion
        "aws:SourceIp is a public address: the private ones match nothing."
        "Compare aws:VpcSourceIp with the private ones.";
    PRIVATE_NOT_IP_ADDRESS Error
        "aws:SourceIp is a public address: the condition always holds."
        "Compare aws:VpcSourceIp, or write public addresses.";
    PRIVATE_NOT_IP_ADDRESS_SUBSET Suggestion
        "aws:SourceIp is a public address: the private ones spare nobody."
        "Compare aws:VpcSourceIp with the private ones.";
    RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY Warning
        "Services in their own name have none of the keys of principals, so that a negation holds for them."
        "Add BoolIfExists with aws:PrincipalIsAWSService false.";
    RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY Warning
        "Only services have the keys of a source: a negation holds for everybody else."
        "Add BoolIfExists with aws:PrincipalIsAWSService true.";
    RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK Warning
        "Some calls of services have no source: a negation holds for them."
        "Add Null with aws:SourceAccount false.";
    RCP_SYNTAX_ERROR_ALLOW Error
        "Resource control policies of customers deny, and nothing else: AWS's own allows everything."
        "Write Deny, and turn the conditions round.";
    RCP_SYNTAX_ERROR_NOTACTION Error
        "Resource control policies name their actions."
        "Write Action.";
    RCP_SYNTAX_ERROR_PRINCIPAL Error
        "Resource control policies speak of everybody."
        "Write * as Principal, and name principals in conditions.";
    REDUNDANT_ACTION Suggestion
        "What another action of the list covers changes nothing."
        "Take one of the two out.";
    REDUNDANT_CONDITION_VALUE_NUM Suggestion
        "Of several bounds the widest decides alone."
        "Keep the one that is meant.";
    REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION Suggestion
        "The condition holds always."
        "Take it out.";
    REDUNDANT_RESOURCE Suggestion
        "What another resource of the list covers changes nothing."
        "Take one of the two out.";
    REDUNDANT_STATEMENT Suggestion
        "A statement that is written twice changes nothing."
        "Take one of the two out.";
    REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION Suggestion
        "The condition never holds, and the statement never applies."
        "Take the statement out, or write the values that are meant.";
    RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL SecurityWarning
        "A service acts for all its customers: without a condition it uses the key for any of them (the confused deputy)."
        "Add a condition on aws:SourceArn or aws:SourceAccount.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL Error
        "Trust policies name who may assume the role."
        "Write Principal.";
    ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE Error
        "The resource of a trust policy is its role."
        "Take Resource out.";
    ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL Error
        "A role that everybody may assume is everybody's."
        "Name who may assume the role.";
    SCP_SYNTAX_ERROR_PRINCIPAL Error
        "Service control policies speak of the principals of their accounts."
        "Take the element out, and name principals by aws:PrincipalArn in a condition.";
    STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS SecurityWarning
        "A wildcard in a text runs over the colons of an ARN, into accounts that are not meant."
        "Write ArnLike.";
    TYPE_MISMATCH Warning
        "An operator of another type compares nothing, or compares texts."
        "Take the operator that suits the key.";
    TYPE_MISMATCH_BOOLEAN Warning
        "A value that is not a truth is equal to none."
        "Write true or false.";
    TYPE_MISMATCH_DATE Warning
        "A value that is not an instant is equal to none, and keeps a negation from holding."
        "Write an instant such as 2030-01-01T00:00:00Z.";
    TYPE_MISMATCH_IP_RANGE Error
        "A value that is not a range of addresses is never equal to one, and keeps a negation from holding."
        "Write a range such as 203.0.113.0/24.";
    TYPE_MISMATCH_NUMBER Warning
        "A value that is not a number is equal to none, and keeps a negation from holding."
        "Write a number.";
    TYPE_MISMATCH_STRING Warning
        "A value that is not base64 is equal to no bytes."
        "Write the bytes in base64.";
    UNIQUE_SIDS_RECOMMENDED Warning
        "Explanations name statements by their names."
        "Give each statement a name of its own.";
    UNIQUE_SIDS_REQUIRED Error
        "IAM refuses two statements of one name."
        "Give each statement a name of its own.";
    UNSUPPORTED_ACTION_FOR_CONDITION_KEY Error
        "For these actions the key is always missing: the statement never applies to them, or always does."
        "Write these actions into a statement without the condition.";
    UNSUPPORTED_ACTION_IN_POLICY Error
        "A policy decides over actions on what it is attached to, and over nothing else."
        "Write the action into a policy where it means something, such as an identity policy.";
    UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL Error
        "A service in its own name has none of the keys of principals."
        "Compare aws:SourceArn or aws:SourceAccount.";
    UNSUPPORTED_ELEMENT_COMBINATION Error
        "An element and its negation exclude each other."
        "Keep one of the two.";
    UNSUPPORTED_PRINCIPAL Error
        "An identity policy speaks of whoever bears it."
        "Take Principal out.";
    UNSUPPORTED_RESOURCE_ARN_IN_POLICY Error
        "The resource of a key policy is the key to which it belongs: a statement about something else means nothing."
        "Write * as Resource.";
    UNSUPPORTED_SID Error
        "IAM takes letters and digits alone in the name of a statement."
        "Write a name of letters and digits.";
    UNSUPPORTED_SPACE_IN_VARIABLE Error
        "The name of a variable has no spaces: with one it names nothing."
        "Take the space out.";
    UNSUPPORTED_WILDCARD_IN_PRINCIPAL Error
        "A principal is named whole, or it is *."
        "Name each principal, or name the account and compare aws:PrincipalArn in a condition.";
    UNTRUSTWORTHY_CONDITION_KEY SecurityWarning
        "What a caller's software says of itself is not known to be true."
        "Ask for something that AWS vouches for, such as aws:PrincipalArn.";
    VARIABLE_UNSUPPORTED_IN_ELEMENT Error
        "Variables stand in resources and in conditions; elsewhere they are texts."
        "Write what is meant, or compare it in a condition.";
    VARIABLE_UNSUPPORTED_IN_VERSION Error
        "The language of 2008 has no variables: the text stands for itself."
        "Write 2012-10-17 as Version.";
    WILDCARD_IN_SERVICE_NAME Suggestion
        "Services of similar names, and those yet to come, are meant, too."
        "Write kms.";
    WILDCARD_WITHOUT_LIKE_OPERATOR Warning
        "Exact operators take wildcards literally: the value is equal to nothing that is meant."
        "Write StringLike, or take the wildcard out.";
}
