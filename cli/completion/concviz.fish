# fish completion for concviz; tests/manual.test holds it against --help.

set -l modes sequential coroutine threads parallel hybrid
set -l commands python compare replay explore cc what-if watch export lesson progress workload bench doctor reset help version
set -l run "__fish_seen_subcommand_from compare $modes"
set -l look "__fish_seen_subcommand_from python watch compare replay $modes"
set -l explore "__fish_seen_subcommand_from explore"
set -l whatif "__fish_seen_subcommand_from what-if"
set -l export "__fish_seen_subcommand_from export"
set -l lesson "__fish_seen_subcommand_from lesson"

complete -c concviz -n __fish_use_subcommand -f -a "$modes $commands"
complete -c concviz -n "__fish_seen_subcommand_from workload" -a "list show check"
complete -c concviz -n "$lesson" -a "list check reset quiz"
complete -c concviz -n "$run; or $export; or $explore; or $whatif" \
    -a "(concviz workload list --lang en 2>/dev/null | string replace -r ' +' \t)"
complete -c concviz -n "$run; or $export; or $whatif" -l machines -x -d 'how many machines (cores); what-if: 1-64'
complete -c concviz -n "$run; or $export; or $whatif" -l slice -x -d 'time slice of threads and parallel; 0: none (100)'
complete -c concviz -n "$run; or $export; or $whatif" -l policy -x -a 'fifo priority random pick sjf srtf mlfq lottery fair rm edf' -d 'who goes next; pick: you choose'
complete -c concviz -n "$run; or $export; or $whatif" -l tie -x -a 'arrival running' -d 'who is first if somebody arrives as a slice ends'
complete -c concviz -n "$run; or $export; or $whatif" -l preempted -x -a 'front tail' -d 'where they wait whom somebody more important stops'
complete -c concviz -n "$run; or $export; or $explore; or $lesson; or $whatif" -l seed -x -d 'repeat the same random run, search or quiz'
complete -c concviz -n "$run; or $export; or $whatif" -l lines -x -a 'shared own' -d 'who serves a line: all machines or its own'
complete -c concviz -n "$run; or $export; or $whatif" -l gil -x -d 'one lock (GIL) for all threads, passed on after MS'
complete -c concviz -n "$run; or $export; or $whatif" -l switch-cost -x -d 'the cost of a switch (only with --model)'
complete -c concviz -n "$run; or $export; or $explore; or $whatif" -l limit -x -d 'end the run after this time'
complete -c concviz -n "$run; or $export; or $lesson; or $whatif" -l model -d 'compute it on an ideal machine, run nothing'
complete -c concviz -n "$whatif" -l vary -x -a 'machines=1-64 slice=1-200 policy=fifo,random' -d 'what-if: slice=1-200, policy=fifo,random, ...'
complete -c concviz -n "__fish_seen_subcommand_from compare export" -l modes -x -a 'coroutine,parallel sequential,coroutine threads,parallel' -d 'the two modes to compare (coroutine,parallel)'
complete -c concviz -n "__fish_seen_subcommand_from compare export" -l with -x -d 'or any two runs: give it twice'
complete -c concviz -n "__fish_seen_subcommand_from $modes export" -l schedule -x -d 'replay a schedule that concviz explore has found'
complete -c concviz -n "$explore; or $whatif; or $export" -l mode -x -a 'sequential coroutine threads parallel hybrid' -d 'of explore (threads), what-if (parallel), export'
complete -c concviz -n "$explore" -l schedules -x -d 'how many schedules to try (10000)'
complete -c concviz -n "$explore" -l max-preemptions -x -d 'preempt up to K times where tried in order (2)'
complete -c concviz -n "$look" -l view -x -a 'auto live plain none' -d 'live screen, event text, or nothing'
complete -c concviz -n "$look; or $explore; or $whatif; or __fish_seen_subcommand_from bench doctor" -l json -d 'print the report as JSON and nothing else'
complete -c concviz -n "$look; or $export" -l frame -x -d 'print one frame of the screen as text'
complete -c concviz -n "$look; or $export" -l at -x -d 'the time --frame shows; by default the end'
complete -c concviz -n "$look" -l svg -d '--frame as an SVG picture instead of text'
complete -c concviz -n "$look" -l sound -r -F -d 'write down what the run sounds like'
complete -c concviz -n "$run; or __fish_seen_subcommand_from python watch" -l record -r -F -d 'keep the run in a file while it goes on'
complete -c concviz -n "$run; or $explore; or __fish_seen_subcommand_from python watch" -l stdin -r -F -d 'what another program reads; by default nothing'
complete -c concviz -n "$look; or $export; or $lesson" -l speed -x -d 'speed of the picture, never of the run'
complete -c concviz -n "__fish_seen_subcommand_from $modes" -l kernel -d 'threads and parallel: as the kernel sees it'
complete -c concviz -n "$look" -l step -d 'start paused at the first event'
complete -c concviz -n "$look" -l output -d 'at the end, print what the program said'
complete -c concviz -n "__fish_seen_subcommand_from replay" -l follow -d 'replay: go on reading what is still written'
complete -c concviz -n "$export" -l to -x -a 'html chrome speedscope csv text svg cast' -d 'what is written'
complete -c concviz -n "$export" -s o -l save -r -F -d 'where to; standard output without it'
complete -c concviz -n "$export" -l question -x -d 'html: asked before the run is shown'
complete -c concviz -n "$export" -l cast -x -a '2 3' -d 'version of asciicast (2)'
complete -c concviz -n "$export" -l perfetto-states -d 'chrome: thread states, too, for Perfetto only'
complete -c concviz -n "$look; or $export; or $lesson" -l theme -x -a 'auto dark light mono' -d 'colours for a dark or light terminal'
complete -c concviz -n "$look; or $export; or $lesson" -l no-color -d 'no colours, as with NO_COLOR'
complete -c concviz -n "$look; or $export; or $lesson; or $whatif" -l ascii -d 'draw with ASCII characters only'
complete -c concviz -n "$look; or $export; or $lesson" -l large -d 'big letters, for a lecture hall'
complete -c concviz -n "$look; or $export; or $lesson" -l show -x -a 'program output picture' -d 'what is beside the picture, or in its place'
complete -c concviz -n "$look; or $export; or $lesson" -l no-motion -d 'no animation: no trails behind people who move'
complete -c concviz -n "$look; or $lesson" -l mouse -d 'wheel and clicks work; selecting text does not'
complete -c concviz -n "$lesson" -l class -d 'in class: two votes, then the run'
complete -c concviz -n "$lesson" -l lecturer -d 'show notes for the lecturer'
complete -c concviz -n "$lesson" -l page -x -d 'with --frame: which page; the first question'
complete -c concviz -n "$lesson" -l level -x -a '1 2 3' -d 'quiz: how hard; by default the seed chooses'
complete -c concviz -n "$lesson" -l blank -d 'quiz: print the exercise, to be filled in'
complete -c concviz -n "$lesson" -l answers -d 'quiz: print the answers'
complete -c concviz -n "$lesson" -l format -x -a 'text svg' -d 'quiz: as text, or as a page to print'
complete -c concviz -n "__fish_seen_subcommand_from progress" -l csv -d 'progress: as a table for a spreadsheet'
complete -c concviz -n "__fish_seen_subcommand_from progress" -l name -x -d 'progress --csv: whose table it is'
complete -c concviz -n "__fish_seen_subcommand_from progress" -a merge
complete -c concviz -l lang -x -a 'en ko' -d 'language; overrides LANGUAGE and the locale'
complete -c concviz -s h -l help -d 'show this help'
complete -c concviz -s V -l version -d 'show the version'
