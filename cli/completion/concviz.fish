# fish completion for concviz. What can follow is asked of the program itself,
# whose help is made of its table of options.

# The modes and commands that its help lists.
function __concviz_commands
    $argv[1] help --lang en 2>/dev/null | string match -r '^  [a-z][a-z-]* ' | string trim | string match -v concviz
end

# Of a command: "--name<tab>value<tab>help".
function __concviz_options
    $argv[1] help $argv[2] 2>/dev/null | awk '
        name && /^ +[^ -]/ { sub(/^ +/, ""); print name "\t" value "\t" $0 }
        { name = "" }
        /^  (    |-., )--[a-z]/ {
            letter = substr($0, 3, 2)
            left = substr($0, 7)
            name = value = left
            sub(/ .*/, "", name)
            value = substr(left, length(name) + 1)
            help = value
            if (value !~ /^ [^ ]/) value = ""
            sub(/  +.*/, "", value)
            help = substr(help, length(value) + 1)
            sub(/^ +/, "", help)
            sub(/^ /, "", value)
            if (letter ~ /-/) print letter "\t" value "\t" help
            if (help == "") next
            print name "\t" value "\t" help
            name = ""
        }'
end

function __concviz_workloads
    $argv[1] workload list 2>/dev/null | string replace -r ' +' \t
end

function __concviz
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l program $words[1]
    set -l first (string match -rv '^-' -- $words[2])
    set -l place (count $words)

    if set -l dash (contains -i -- -- $words)
        if test $dash = $place
            __fish_complete_command
        else
            __fish_complete_path $word
        end
        return
    end
    for option in (__concviz_options $program $first)
        set -l part (string split \t -- $option)
        test "$part[1]" = "$words[-1]"; and test -n "$part[2]"; or continue
        switch "$part[1] $part[2]"
            case '--modes *'
                printf '%s\n' coroutine,parallel sequential,coroutine threads,parallel
            case '--vary *'
                printf '%s\n' machines=1-64 slice=1-200 policy=fifo,random
            case '--frame *'
                printf '%s\n' 80x24 120x36
            case '*FILE*' '*파일*'
                __fish_complete_path $word
            case '*N|N*'
            case '*|*'
                string split '|' -- $part[2]
        end
        return
    end
    if string match -q -- '-*' $word
        __concviz_options $program $first | string replace -r '\t[^\t]*\t' \t
        return
    end
    switch "$first $place"
        case ' 1' 'help 2'
            __concviz_commands $program
        case 'workload 2'
            printf '%s\n' list show check
        case 'lesson 2'
            printf '%s\n' list check reset quiz
            $program lesson list --lang en 2>/dev/null | string match -r '[a-z-]+$'
            __fish_complete_path $word
        case 'progress 2'
            echo merge
        case 'lesson *' 'progress *' 'replay *' 'python *' 'cc *'
            __fish_complete_path $word
        case 'help *' 'watch *' 'doctor *' 'bench *' 'reset *' 'version *'
        case '*'
            __concviz_workloads $program
            test "$words[3]" = show; or __fish_complete_path $word
    end
end

complete -c concviz -f -a '(__concviz)'
